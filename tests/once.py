"""Folders that take seconds to fill: one worker fills them, once a run; all copy them."""

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

_SHARED = "AS_CLAIMED_TESTS_SHARED"


def share_below(basetemp: Path) -> None:
    """Keep what is filled once where all workers of this run find it."""
    of_run = basetemp.parent if "PYTEST_XDIST_WORKER" in os.environ else basetemp
    shared = of_run / "shared"
    shared.mkdir(exist_ok=True)
    os.environ[_SHARED] = str(shared)


def copy_filled(name: str, folder: Path, fill: Callable[[Path], None]) -> None:
    """Put into `folder` what `fill` puts into one; `name` says what that is."""
    kept = Path(os.environ[_SHARED]) / name
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = kept.with_suffix(".done")
        if not done.exists():
            shutil.rmtree(kept, ignore_errors=True)
            fill(kept)
            done.touch()
    shutil.copytree(kept, folder, symlinks=True, dirs_exist_ok=True)
