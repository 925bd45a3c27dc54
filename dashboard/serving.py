"""The dashboard in a process of its own, beside a command that goes on working.

`python -m dashboard.serving run …` is that process. It stops when its standard input
closes, which the kernel does when the command ends, even by `kill -9`.
"""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import httpx

from dashboard.command import ADDRESS, make_command_line
from kb.domain.errors import UserError

_PATIENCE_S = 120.0
_GRACE_S = 10.0


@dataclass(frozen=True)
class Dashboard:
    """A dashboard that answers."""

    address: str
    process: "subprocess.Popen[bytes]"

    def wait(self) -> None:
        """Wait until it is stopped, here by Ctrl-C or from elsewhere."""
        with suppress(KeyboardInterrupt):
            self.process.wait()


@contextmanager
def serve(port: int, *, opens_browser: bool) -> Iterator[Dashboard]:
    """Serve the dashboard until the block ends; enter it once the dashboard answers.

    Raises UserError if the port is taken or the dashboard does not start.
    """
    _check_port(port)
    python, _, _, *streamlit = make_command_line(port, opens_browser=opens_browser)
    words = [python, "-m", "dashboard.serving", *streamlit]
    process = subprocess.Popen(words, stdin=subprocess.PIPE)  # noqa: S603 (our own words)
    try:
        address = f"http://{ADDRESS}:{port}"
        _await(process, f"{address}/_stcore/health")
        yield Dashboard(address, process)
    finally:
        _stop(process)


def _check_port(port: int) -> None:
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((ADDRESS, port))
        except OSError as error:
            raise UserError(
                f"port {port} cannot be used ({error.strerror}); choose another with --port"
            ) from None


def _await(process: "subprocess.Popen[bytes]", url: str) -> None:
    deadline = time.monotonic() + _PATIENCE_S
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(httpx.TransportError):
            if httpx.get(url, timeout=2).is_success:
                return
        time.sleep(0.1)
    raise UserError("the dashboard did not start; `kb dashboard` shows why")


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(_GRACE_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def main() -> None:
    """Run Streamlit until it is stopped or standard input closes."""
    from streamlit.web.cli import main as run_streamlit

    threading.Thread(target=_stop_with_parent, daemon=True).start()
    run_streamlit(sys.argv[1:])


def _stop_with_parent() -> None:
    while os.read(sys.stdin.fileno(), 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()
