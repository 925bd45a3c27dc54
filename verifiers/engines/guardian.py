"""Stands between us and the engine: when we die, however we die, the engine goes with us.

Run as `python -m verifiers.engines.guardian COMMAND …` with a pipe as standard input. It starts
the command in a process group of its own and ends the whole group when the pipe closes, which
the kernel does for a parent that was killed.
"""

import os
import select
import signal
import subprocess
import sys
import time

import psutil

_GRACE_S = 5.0


def main(command: list[str]) -> int:
    """Run `command` until it ends or standard input closes; return its exit status."""
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)  # noqa: S603

    def on_sigterm(*_: object) -> None:
        end_tree(child.pid)
        sys.exit(143)

    signal.signal(signal.SIGTERM, on_sigterm)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while child.poll() is None:
        readable, _, _ = select.select([sys.stdin], [], [], 0.25)
        if readable and not os.read(sys.stdin.fileno(), 1):
            end_tree(child.pid)
            break
    end_tree(child.pid)
    return child.wait()


def end_tree(pid: int) -> None:
    """End a process, its descendants and its group: politely, then not."""
    family = _find_family(pid)
    for process in family:
        _signal(process, signal.SIGTERM)
    deadline = time.monotonic() + _GRACE_S
    _, alive = psutil.wait_procs(family, timeout=max(0.0, deadline - time.monotonic()))
    for process in alive:
        _signal(process, signal.SIGKILL)
    psutil.wait_procs(alive, timeout=_GRACE_S)


def _find_family(pid: int) -> list[psutil.Process]:
    found: dict[int, psutil.Process] = {}
    for process in psutil.process_iter():
        try:
            if os.getpgid(process.pid) == pid or os.getsid(process.pid) == pid:
                found[process.pid] = process
        except (ProcessLookupError, PermissionError):
            continue
    if psutil.pid_exists(pid):
        for process in psutil.Process(pid).children(recursive=True):
            found[process.pid] = process
    return list(found.values())


def _signal(process: psutil.Process, number: signal.Signals) -> None:
    try:
        process.send_signal(number)
    except psutil.NoSuchProcess:
        return


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
