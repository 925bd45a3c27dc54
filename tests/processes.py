"""Run `kb` in a process of its own, and kill it."""

import os
import signal
import subprocess
import sys
import time

# Tests crawl servers of this machine, and need no politeness towards them.
CRAWL_HERE = {"KB_ALLOW_LOOPBACK": "1", "KB_CRAWL_DELAY_S": "0"}
COMMAND = [sys.executable, "-c", "from kb.cli.app import main; main()"]


def run_kb(settings, *arguments, timeout=900, **environment):
    """Run to the end; return the finished process."""
    return subprocess.run(
        [*COMMAND, *arguments], capture_output=True, text=True, timeout=timeout, check=False,
        env={**os.environ, **CRAWL_HERE, "KB_HOME": str(settings.home), **environment},
    )  # fmt: skip


def kill_kb_when(settings, condition, *arguments, timeout=300, **environment):
    """Start, wait until `condition()` holds, kill -9; return whether it was still running."""
    process = subprocess.Popen(
        [*COMMAND, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env={**os.environ, **CRAWL_HERE, "KB_HOME": str(settings.home), **environment},
    )  # fmt: skip
    deadline = time.monotonic() + timeout
    while process.poll() is None and not condition():
        assert time.monotonic() < deadline, "the moment to kill it never came"
        time.sleep(0.005)
    alive = process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.wait()
    return alive
