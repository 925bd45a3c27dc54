"""The entry about how quickly `kb` starts: processor time, beside what it cannot do without."""

import os
import resource
import subprocess
import sys
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.support.measuring import Measured

_BASELINE = "import typer, sqlmodel"
_KB = "from kb.cli.app import main; main()"
_N = 7


def measure_start() -> Measured:
    """`kb --help` against importing its two libraries; `kb show S01` and others in the notes."""
    with TemporaryDirectory() as home:
        for stage in ("init", "load", "judge"):
            _run(home, _KB, stage)
        programs = {
            "ours": (_KB, "--help"),
            "baseline": (_BASELINE,),
            "show": (_KB, "show", "S01"),
            "help_of_a_command": (_KB, "show", "--help"),
        }
        seconds: dict[str, list[float]] = {name: [] for name in programs}
        for _ in range(_N):
            for name, words in programs.items():
                seconds[name].append(_run(home, *words))
    found = {name: median(times) for name, times in seconds.items()}
    ours, baseline = found.pop("ours"), found.pop("baseline")
    notes = {f"{name}_s": value for name, value in found.items()}
    notes |= {f"{name}_ratio": value / baseline for name, value in found.items()}
    return Measured(ours, "s of processor time", f'python -c "{_BASELINE}"', baseline, _N, notes)


def _run(home: str, *words: str) -> float:
    """Return the processor time of one program, user and system."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(  # noqa: S603 (our own words)
        [sys.executable, "-c", *words],
        check=True, env={**os.environ, "KB_HOME": home}, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
