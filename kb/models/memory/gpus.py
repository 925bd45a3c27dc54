"""GPUs and their memory, from the table beside this file; and the machine that a claim names."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from kb.domain.errors import UserError

_TABLE = Path(__file__).with_name("gpus.yml")
_MIB = 1024**2
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "single": 1, "two": 2, "three": 3, "four": 4, "eight": 8,
    "sixteen": 16,
}  # fmt: skip
_MOST_GPUS = 1024
_COUNT = re.compile(
    rf"^(?:(?:a|one) single |(?P<word>{'|'.join(_NUMBERS)}) |(?P<digits>\d{{1,4}})\s*[x×*]?\s*)"
)
_AROUND = re.compile(r"^nvidia[ -]|\s*gpus?$")


@dataclass(frozen=True)
class Gpu:
    """A GPU, its memory in bytes, and the source that says so."""

    name: str
    aliases: tuple[str, ...]
    memory_bytes: int
    source: str
    read_on: str


@dataclass(frozen=True)
class Machine:
    """So many GPUs of one kind, their memory taken together."""

    gpu: Gpu
    count: int = 1

    @property
    def memory_bytes(self) -> int:
        """Memory of all its GPUs, in bytes."""
        return self.gpu.memory_bytes * self.count

    @property
    def name(self) -> str:
        """As claims and results name it: one NVIDIA H100, 8x NVIDIA H100."""
        return f"one {self.gpu.name}" if self.count == 1 else f"{self.count}x {self.gpu.name}"


@cache
def load_gpus() -> tuple[Gpu, ...]:
    """Return the table, as it stands in gpus.yml."""
    rows = yaml.safe_load(_TABLE.read_text())["gpus"]
    return tuple(_make_gpu(row) for row in rows)


def _make_gpu(row: dict[str, Any]) -> Gpu:
    memory = row["memory_mib"] * _MIB
    return Gpu(row["name"], tuple(row["aliases"]), memory, row["source"], str(row["read_on"]))


def find_gpu(name: str) -> Gpu:
    """Return the GPU of this name; raise UserError naming those that are known."""
    machine = parse_machine(name)
    if machine is None or machine.count != 1:
        known = ", ".join(gpu.name for gpu in load_gpus())
        raise UserError(f"no GPU {name!r} in the table; known are {known}")
    return machine.gpu


def parse_machine(words: str) -> Machine | None:
    """Return the machine that words name ("a single H100 GPU", "8x NVIDIA H200"), or None.

    A variant that is not in the table ("H100 PCIe") is another GPU, and no machine that is known.
    """
    rest = " ".join(words.lower().split())
    count = 1
    if match := _COUNT.match(rest):
        digits = match["digits"]
        count = int(digits) if digits else _NUMBERS.get(match["word"] or "one", 1)
        rest = rest[match.end() :]
    rest = _AROUND.sub("", _AROUND.sub("", rest)).strip()
    if not 0 < count <= _MOST_GPUS:
        return None
    for gpu in load_gpus():
        if rest in {alias.lower() for alias in gpu.aliases}:
            return Machine(gpu, count)
        if rest == gpu.name.lower().removeprefix("nvidia "):
            return Machine(gpu, count)
    return None
