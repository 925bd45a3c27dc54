"""Whatever we start ends with us, however we end."""

import os
import signal
import subprocess
import sys
import textwrap
import time

import psutil

# A stand-in for an engine: a child with a child of its own, both deaf to SIGTERM.
ENGINE = textwrap.dedent(
    """
    import os, signal, subprocess, sys, time
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    deaf = "import signal,time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"
    child = subprocess.Popen([sys.executable, "-c", deaf])
    print(os.getpid(), child.pid, flush=True)
    time.sleep(600)
    """
)
PARENT = textwrap.dedent(
    """
    import sys, time
    from pathlib import Path
    from verifiers.engines.server_process import ServerProcess
    import os
    ServerProcess([sys.executable, "-c", sys.argv[2]], Path(sys.argv[1]), dict(os.environ))
    time.sleep(600)
    """
)


def wait_for(condition, seconds=30):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_kill_minus_nine_leaves_no_process(tmp_path):
    log = tmp_path / "log"
    parent = subprocess.Popen([sys.executable, "-c", PARENT, str(log), ENGINE])
    wait_for(lambda: log.exists() and len(log.read_text().split()) == 2)
    pids = [int(word) for word in log.read_text().split()]
    assert all(psutil.pid_exists(pid) for pid in pids)
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    wait_for(lambda: not any(_lives(pid) for pid in pids))


def _lives(pid):
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
