"""Results as a reader would be told of them: the figure, by whom, and of what day."""

from kb.domain.outcomes import Basis
from kb.domain.units import name_unit
from kb.rules.case import Evidence
from kb.rules.wording import write_day, write_interval, write_number

_WITHOUT_DAY = (Basis.MEASURED_HERE, Basis.READ_FROM_RELEASE, Basis.COMPUTED)
_WITHOUT_UNIT = ("score", "elo")


def write_by(result: Evidence) -> str:
    """Return who stands behind a result, and the day it is of."""
    if result.as_of is None or result.basis in _WITHOUT_DAY:
        return result.by
    return f"{result.by}, {write_day(result.as_of)}"


def write_result(result: Evidence) -> str:
    """Return a figure with its unit and interval, by whom and of what day."""
    ends = write_interval(result.low, result.high) if result.low != result.high else ""
    told = "; ".join(filter(None, (ends, write_by(result))))
    return f"{write_figure(result)} ({told})"


def write_figure(result: Evidence) -> str:
    """Return what was found, in its unit; words where it is no number."""
    if result.value is None:
        return result.text or "no figure"
    unit = "" if result.unit in _WITHOUT_UNIT else name_unit(result.unit)
    space = "" if unit == "%" else " "
    return f"{write_number(result.value)}{space}{unit}".rstrip()
