"""Steps that other packages provide, found by entry point."""

from collections.abc import Callable
from importlib.metadata import entry_points
from typing import Any

from kb.domain.errors import UserError


def find_step(name: str) -> Callable[..., Any]:
    """Return the function of a step; raise UserError when it is not installed."""
    found = entry_points(group="kb.steps", name=name)
    if not found:
        raise UserError(f"the step {name!r} is not installed; run `make setup`")
    step: Callable[..., Any] = next(iter(found)).load()
    return step
