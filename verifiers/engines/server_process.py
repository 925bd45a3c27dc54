"""The process of a server of ours: behind a guardian, with a log, remembered while it runs."""

import contextlib
import json
import subprocess
import sys
import time
from pathlib import Path

import psutil

from kb.store.files import write_atomically
from verifiers.engines.guardian import end_tree
from verifiers.engines.protocol import EngineDiedError

_LAST_WORDS = 12


class ServerProcess:
    """The guardian process, which holds the server's."""

    def __init__(self, command: list[str], log: Path, environment: dict[str, str]) -> None:
        log.parent.mkdir(parents=True, exist_ok=True)
        self.log = log
        guarded = [sys.executable, "-m", "verifiers.engines.guardian", *command]
        with log.open("wb") as output:
            self.popen = subprocess.Popen(  # noqa: S603
                guarded,
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=environment,
                start_new_session=True,
            )

    def check_alive(self, patience_s: float = 0.0) -> None:
        """Raise EngineDiedError with the log's end if the server ends within `patience_s`."""
        deadline = time.monotonic() + patience_s
        while self.popen.poll() is None and time.monotonic() < deadline:
            time.sleep(0.1)
        if self.popen.poll() is not None:
            raise EngineDiedError(
                f"vLLM ended with status {self.popen.returncode}; its last words "
                f"({self.log.name}):\n{self.read_last_words()}"
            )

    def read_log(self) -> str:
        """Return all it said."""
        return self.log.read_text("utf-8", "replace")

    def read_last_words(self) -> str:
        """Return the last lines of the log."""
        lines = self.read_log().splitlines()
        return "\n".join(line[:300] for line in lines[-_LAST_WORDS:])

    def stop(self) -> None:
        """Close the pipe, so that the guardian ends the server; insist if it does not."""
        with contextlib.suppress(OSError):
            self.popen.stdin.close()  # type: ignore[union-attr]
        try:
            self.popen.wait(20)
        except subprocess.TimeoutExpired:
            end_tree(self.popen.pid)


def _pid_file(home: Path) -> Path:
    return home / "engine.json"


def remember(home: Path, pid: int) -> None:
    """Write down which process our engine is, so that a later run can end what is left of it."""
    about = {"pid": pid, "created": psutil.Process(pid).create_time()}
    write_atomically(_pid_file(home), json.dumps(about).encode())


def end_leftover(home: Path) -> None:
    """End an engine that an earlier run left behind, if it is still the same process."""
    path = _pid_file(home)
    if not path.exists():
        return
    about = json.loads(path.read_text())
    with contextlib.suppress(psutil.NoSuchProcess):
        if psutil.Process(about["pid"]).create_time() == about["created"]:
            end_tree(about["pid"])
    path.unlink(missing_ok=True)


def forget(home: Path) -> None:
    """Remember no engine any more."""
    _pid_file(home).unlink(missing_ok=True)
