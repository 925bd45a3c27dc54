"""One run with an engine at a time on one KB_HOME."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kb.domain.errors import UserError


@contextmanager
def hold_engine_lock(home: Path) -> Iterator[None]:
    """Hold a lock that the kernel releases when we end; raise UserError if another holds it."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / "verify.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UserError(
                "another `kb verify` or `kb battle` is running on this KB_HOME"
            ) from None
        yield
