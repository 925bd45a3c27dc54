"""All units of claimed figures: those that several claim types share, and those of one type."""

from kb.domain.claim_types.catalogue import ENTRY_UNITS
from kb.domain.claim_types.unit import Unit

_SHARED = (
    Unit("tokens", r"tokens?|toks?", "tokens"),
    Unit("percent", r"%|percent|per cent", "%", "%", top=100),
    Unit("points", r"points?", "points"),
    Unit("times", r"times|x|×"),
    # A share as a number from 0 to 1, under the three names that results have for it.
    Unit("proportion", top=1),
    Unit("fraction", top=1),
    Unit("share", top=1),
)
UNITS = (*_SHARED, *ENTRY_UNITS)
_BY_NAME = {unit.name: unit for unit in UNITS}


def find_unit(name: str | None) -> Unit | None:
    """Return the unit called `name`, or None when it is not on the list."""
    return _BY_NAME.get(name or "")


def name_unit(name: str | None) -> str:
    """Return a unit in the words of a reader: Elo points, GPU hours, tokens per second."""
    unit = find_unit(name)
    return unit.label if unit and unit.label else (name or "").replace("_", " ")
