"""How much memory a server's processes take at most, watched from outside while it runs.

Without a GPU it is the proportional memory (PSS) of the process tree: pages that several processes
share are counted once. It is sampled, so a short peak can be missed; the sum of the kernel's own
high-water marks (VmHWM, which counts shared pages in each process) bounds it from above. With a GPU
it is what the driver says is used, less what was used before.
"""

import re
import subprocess
import threading
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

import psutil

from verifiers.engines.hardware import has_nvidia_gpu

_EVERY_S = 0.5
_KIB, _MIB = 1024, 1024**2
_HIGH_WATER = re.compile(r"^VmHWM:\s+(\d+) kB", re.MULTILINE)


@dataclass
class Peak:
    """The largest of `samples` readings, in bytes, and a bound from above.

    `high_bytes` equals `bytes` where the reading itself is exact.
    """

    bytes: int = 0
    high_bytes: int = 0
    samples: int = 0


@dataclass
class MemoryWatch:
    """Samples the memory of a process tree, or of the GPUs, between `begin` and the end."""

    on_gpu: bool = field(default_factory=has_nvidia_gpu)
    peak: Peak = field(default_factory=Peak)
    _pid: int | None = None
    _before: int = 0
    _marks: dict[int, int] = field(default_factory=dict)
    _over: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def __enter__(self) -> "MemoryWatch":
        self._before = read_gpu_bytes() if self.on_gpu else 0
        return self

    def begin(self, pid: int) -> None:
        """Watch the process `pid` and all that it starts."""
        self._pid = pid
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.finish()

    def finish(self) -> Peak:
        """Stop watching; return the peak."""
        self._over.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        return self.peak

    def _watch(self) -> None:
        self.sample()
        while not self._over.wait(_EVERY_S):
            self.sample()

    def sample(self) -> None:
        """Take one reading."""
        if self._pid is None:
            return
        if self.on_gpu:
            now = high = read_gpu_bytes() - self._before
        else:
            now = read_tree_bytes(self._pid, self._marks)
            high = max(now, sum(self._marks.values()))
        self.peak.bytes = max(self.peak.bytes, now)
        self.peak.high_bytes = max(self.peak.high_bytes, high)
        self.peak.samples += 1


def read_tree_bytes(pid: int, marks: dict[int, int]) -> int:
    """Return the proportional memory of a process and its descendants, in bytes.

    Their high-water marks are put into `marks`, by process; those that ended keep theirs.
    """
    total = 0
    for process in _list_tree(pid):
        try:
            info = process.memory_full_info()
            total += getattr(info, "pss", 0) or info.rss
            marks[process.pid] = max(marks.get(process.pid, 0), _read_high_water(process.pid))
        except (psutil.Error, OSError):
            continue  # it ended meanwhile
    return total


def _list_tree(pid: int) -> list[psutil.Process]:
    try:
        root = psutil.Process(pid)
        return [root, *root.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def _read_high_water(pid: int) -> int:
    found = _HIGH_WATER.search(Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) * _KIB if found else 0


def read_gpu_bytes() -> int:
    """Return what is used on all GPUs, in bytes, as the driver says."""
    command = ["nvidia-smi", "--query-gpu=memory.used", "--format=csv,noheader,nounits"]
    found = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    return sum(int(line) for line in found.stdout.split()) * _MIB
