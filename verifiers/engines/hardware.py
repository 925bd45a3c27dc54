"""What this machine is, in a line."""

import platform
import shutil
import subprocess
from pathlib import Path

import psutil


def has_nvidia_gpu() -> bool:
    """Whether an NVIDIA GPU is here."""
    return shutil.which("nvidia-smi") is not None and Path("/proc/driver/nvidia").exists()


def describe_hardware() -> str:
    """Return GPU or processor, cores and memory."""
    memory = f"{psutil.virtual_memory().total / 2**30:.0f} GiB"
    if has_nvidia_gpu():
        command = ["nvidia-smi", "--query-gpu=name,memory.total", "--format=csv,noheader"]
        found = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
        names = "; ".join(found.stdout.split("\n")).strip("; ")
        return f"{names}, {memory} of memory"
    return f"{_processor_name()}, {psutil.cpu_count()} cores, {memory}"


def read_gpu_memory_bytes() -> int:
    """Return the memory of the first GPU, in bytes."""
    command = ["nvidia-smi", "--query-gpu=memory.total", "--format=csv,noheader,nounits"]
    found = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    return int(found.stdout.split()[0]) * 1024**2


def _processor_name() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()
