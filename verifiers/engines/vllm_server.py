"""A vLLM server of our own: started, watched, and stopped with everything it started."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

from kb.store.files import write_atomically
from verifiers.engines.guardian import end_tree
from verifiers.engines.hardware import describe_hardware, has_nvidia_gpu
from verifiers.engines.openai_server import OpenAiServer, read_version
from verifiers.engines.protocol import Completion, EngineError, EngineFacts

_START_S = 600.0
_DEATH_S = 10.0
_LAST_WORDS = 12


@dataclass(frozen=True)
class VllmOptions:
    """How to serve: which Python has vLLM, the window, number format, memory for the cache."""

    python: str
    window_tokens: int
    dtype: str = "auto"
    cache_gib: int = 2


def make_options(python: str | None, window_tokens: int) -> VllmOptions:
    """Return options that suit this machine: float32 without a GPU, where bfloat16 is slow."""
    dtype = "auto" if has_nvidia_gpu() else "float32"
    return VllmOptions(python or find_engine_python(), window_tokens, dtype)


def find_engine_python() -> str:
    """Return the Python of the engine's own environment beside ours, or this one."""
    beside = Path(f"{sys.prefix}-engine") / "bin" / "python"
    return str(beside) if beside.exists() else sys.executable


class VllmServer(OpenAiServer):
    """A client whose server is a child of ours; its death is told with its last words."""

    def __init__(self, url: str, facts: EngineFacts, process: "ServerProcess") -> None:
        super().__init__(url, "model", facts)
        self.process = process

    def complete(
        self, prompt: tuple[int, ...], max_tokens: int, stop: tuple[str, ...] = ()
    ) -> Completion:
        """As the client's; raise EngineError with the log's end if the server died."""
        try:
            return super().complete(prompt, max_tokens, stop)
        except EngineError as error:
            self.process.check_alive(patience_s=_DEATH_S)
            words = f"{error}\nvLLM's last words:\n{self.process.read_last_words()}"
            raise EngineError(words) from None


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
        """Raise EngineError with the log's last lines if the server ends within `patience_s`."""
        deadline = time.monotonic() + patience_s
        while self.popen.poll() is None and time.monotonic() < deadline:
            time.sleep(0.1)
        if self.popen.poll() is not None:
            raise EngineError(
                f"vLLM ended with status {self.popen.returncode}; its last words "
                f"({self.log.name}):\n{self.read_last_words()}"
            )

    def read_last_words(self) -> str:
        """Return the last lines of the log."""
        lines = self.log.read_text("utf-8", "replace").splitlines()
        return "\n".join(line[:300] for line in lines[-_LAST_WORDS:])

    def stop(self) -> None:
        """Close the pipe, so that the guardian ends the server; insist if it does not."""
        with contextlib.suppress(OSError):
            self.popen.stdin.close()  # type: ignore[union-attr]
        try:
            self.popen.wait(20)
        except subprocess.TimeoutExpired:
            end_tree(self.popen.pid)


@contextmanager
def serve(
    model: Path, options: VllmOptions, home: Path, on_wait: Callable[[float], None] = lambda s: None
) -> Iterator[VllmServer]:
    """Serve the weights in the folder `model` on a free port of loopback; stop at the end.

    Raises EngineError with the server's last words when it does not come up.
    """
    end_leftover(home)
    port = _find_free_port()
    process = ServerProcess(
        _make_command(model, options, port), home / "runs" / "vllm.log", _make_environment(options)
    )
    _remember(home, process.popen.pid)
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_until_ready(process, url, on_wait)
        yield VllmServer(url, _make_facts(url, options), process)
    finally:
        process.stop()
        _pid_file(home).unlink(missing_ok=True)


def _make_command(model: Path, options: VllmOptions, port: int) -> list[str]:
    return [
        options.python, "-m", "vllm.entrypoints.openai.api_server",
        "--model", str(model), "--served-model-name", "model",
        "--host", "127.0.0.1", "--port", str(port),
        "--dtype", options.dtype, "--max-model-len", str(options.window_tokens),
        "--enforce-eager", "--seed", "0",
    ]  # fmt: skip


def _make_environment(options: VllmOptions) -> dict[str, str]:
    return {
        **os.environ,
        "VLLM_CPU_KVCACHE_SPACE": str(options.cache_gib),
        "VLLM_NO_USAGE_STATS": "1",
        "DO_NOT_TRACK": "1",
        "HF_HUB_OFFLINE": "1",
        "TRANSFORMERS_OFFLINE": "1",
    }


def _make_facts(url: str, options: VllmOptions) -> EngineFacts:
    settings: dict[str, object] = {"enforce_eager": True, "cache_gib": options.cache_gib}
    return EngineFacts(
        "vLLM",
        read_version(url),
        describe_hardware(),
        options.dtype,
        options.window_tokens,
        settings,
    )


def _wait_until_ready(process: ServerProcess, url: str, on_wait: Callable[[float], None]) -> None:
    began = time.monotonic()
    while time.monotonic() - began < _START_S:
        process.check_alive()
        on_wait(time.monotonic() - began)
        with contextlib.suppress(httpx.HTTPError):
            if httpx.get(f"{url}/health", timeout=5).status_code == 200:
                return
        time.sleep(0.5)
    raise EngineError(f"vLLM was not ready after {_START_S:.0f} s:\n{process.read_last_words()}")


def _find_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _pid_file(home: Path) -> Path:
    return home / "engine.json"


def _remember(home: Path, pid: int) -> None:
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
