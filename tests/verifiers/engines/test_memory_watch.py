"""Memory of a server: what its log says, and what a watch sees."""

import subprocess
import sys
import time

import psutil

from tests.verifiers.vllm_samples import CPU_LOG, GPU_LOG
from verifiers.engines.memory_watch import MemoryWatch, read_tree_bytes
from verifiers.engines.start_log import StartFacts, parse_start

GIB, MIB = 1024**3, 1024**2


def test_the_log_of_a_start_is_read():
    assert parse_start(CPU_LOG) == StartFacts(round(0.5 * GIB), 4 * GIB, 93_184)
    assert parse_start(GPU_LOG) == StartFacts(15 * GIB, round(52.25 * GIB), 428_032)
    assert parse_start("nothing of the kind") == StartFacts()


def test_a_watch_sees_what_a_child_of_a_child_takes():
    """A real process tree: the grandchild holds 200 MiB for a while, then lets them go."""
    held = 200 * MIB
    grandchild = f"import time; x = b'1' * {held}; time.sleep(1.5); del x; time.sleep(30)"
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {grandchild!r}])"
    process = subprocess.Popen([sys.executable, "-c", child])
    try:
        with MemoryWatch(on_gpu=False) as watch:
            watch.begin(process.pid)
            deadline = time.monotonic() + 20
            while watch.peak.bytes < held and time.monotonic() < deadline:
                time.sleep(0.1)
            time.sleep(2.5)
        peak, now = watch.peak, read_tree_bytes(process.pid, {})
    finally:
        for child_process in psutil.Process(process.pid).children(recursive=True):
            child_process.kill()
        process.kill()
        process.wait()
    assert held < peak.bytes < held + 100 * MIB
    assert peak.high_bytes >= peak.bytes
    assert peak.samples >= 3
    assert now < held


def test_a_watch_of_a_process_that_ended_says_nothing():
    process = subprocess.Popen([sys.executable, "-c", "pass"])
    process.wait()
    assert read_tree_bytes(process.pid, {}) == 0
