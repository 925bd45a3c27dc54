"""What a verdict about an unreleased variant holds: both ratings, the gap, and how it is known."""

from dataclasses import dataclass
from typing import Any

from kb.domain.outcomes import Outcome
from kb.rules.case import Case, Evidence
from kb.rules.ratings.boards import (
    Board,
    RatingGap,
    find_nearest,
    find_newest,
    find_same_day,
    is_recorded_unreleased,
    make_gap,
)
from kb.rules.rule import Finding, keep_known

_PRIVATE_VARIANTS = "private_variants"


@dataclass(frozen=True)
class VariantRating:
    """The rating of an unreleased variant, and that of the released weights nearest to its day."""

    variant: Evidence
    released: Evidence | None


def find_variant(case: Case, board: Board) -> VariantRating | None:
    """Return the unreleased variant rated nearest to the claim's day."""
    variant = find_nearest(board.unreleased, case.claim.said_on)
    return None if variant is None else set_beside(board, variant)


def set_beside(board: Board, variant: Evidence) -> VariantRating:
    """Return a variant's rating with the one of the released weights to compare it with."""
    return VariantRating(variant, find_nearest(board.released, variant.as_of))


def make_variant_finding(
    case: Case, board: Board, rated: VariantRating, outcome: Outcome
) -> Finding:
    """Return a finding about an unreleased variant."""
    variant, released = rated.variant, rated.released
    evidence = (released, variant) if released else (variant,)
    is_recorded = is_recorded_unreleased(variant.model)
    facts = {"unreleased_by": "record" if is_recorded else "board"} | _list_newest(board, released)
    return Finding(outcome, evidence, _list_numbers(case, board, variant, released), facts)


def _list_newest(board: Board, told: Evidence | None) -> dict[str, Any]:
    """The newest rating of the released weights, unless it is the one that is told already."""
    newest = find_newest(board.released)
    if newest is None or told is None or newest.id == told.id or not newest.as_of:
        return {}
    figures = newest.value, newest.low, newest.high, newest.rank, newest.as_of
    return {"newest": dict(zip(("value", "low", "high", "rank", "on"), figures, strict=True))}


def _list_numbers(
    case: Case, board: Board, variant: Evidence, released: Evidence | None
) -> dict[str, Any]:
    gap = make_gap(variant, released) if released else None
    same_day = find_same_day(board.unreleased, board.released)
    day_gap = make_gap(*same_day) if same_day else None
    told = case.of_metric(_PRIVATE_VARIANTS)
    return keep_known(
        board=board.name,
        **_list_figures("rated", variant),
        **(_list_figures("released", released) if released else {}),
        **(_list_gap("gap", gap) if gap else {}),
        **(_list_gap("gap_same_day", day_gap) if day_gap else {}),
        same_day=same_day[0].as_of if same_day else None,
        # the name is part of the verdicts on record; there may be variants that the board hides
        withheld_variants_on_board=len({rating.model.id for rating in board.unreleased}),
        private_variants=told[-1].value if told else None,
    )


def _list_figures(name: str, rating: Evidence) -> dict[str, Any]:
    return {
        f"{name}_model": rating.model.name,
        name: rating.value,
        f"{name}_low": rating.low,
        f"{name}_high": rating.high,
        f"{name}_rank": rating.rank,
        f"{name}_votes": rating.n,
        f"{name}_on": rating.as_of,
    }


def _list_gap(name: str, gap: RatingGap) -> dict[str, Any]:
    return {
        name: gap.points,
        f"{name}_low": gap.low,
        f"{name}_high": gap.high,
        f"{name}_votes": gap.votes,
        f"{name}_win_rate": round(gap.win_rate, 4),
    }
