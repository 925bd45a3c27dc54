"""What printed digits leave open: half a unit of the last one, and means of rounded figures."""

from collections.abc import Sequence
from decimal import Decimal


def compute_half_step(value: Decimal) -> Decimal:
    """Return half a unit of the last digit: how far rounding can have moved it."""
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return Decimal(5).scaleb(min(exponent, -1) - 1)


def compute_mean(cells: Sequence[Decimal]) -> Decimal:
    """Return the mean of one cell or more."""
    return sum(cells, Decimal(0)) / len(cells)


def could_be_mean(printed: Decimal, cells: Sequence[Decimal]) -> bool:
    """Whether `printed` can be the mean of `cells`, as far as all of them were rounded."""
    slack = sum((compute_half_step(cell) for cell in cells), Decimal(0)) / len(cells)
    return abs(printed - compute_mean(cells)) <= slack + compute_half_step(printed)
