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
    """The rating of an unreleased variant; the released weights' nearest to its day.

    `same_day` are a rating of each of one day, the only ones that are compared.
    """

    variant: Evidence
    released: Evidence | None
    same_day: tuple[Evidence, ...] = ()


def find_variant(case: Case, board: Board) -> VariantRating | None:
    """Return the unreleased variant rated nearest to the claim's day."""
    variant = find_nearest(board.unreleased, case.claim.said_on)
    return None if variant is None else set_beside(board, variant)


def set_beside(board: Board, variant: Evidence) -> VariantRating:
    """Return a variant's rating with those of the released weights to tell beside it."""
    own = [rating for rating in board.unreleased if rating.model.id == variant.model.id]
    return VariantRating(
        variant,
        find_nearest(board.released, variant.as_of),
        find_same_day(own, board.released, variant.as_of),
    )


def make_variant_finding(
    case: Case, board: Board, rated: VariantRating, outcome: Outcome
) -> Finding:
    """Return a finding about an unreleased variant: evidence ends with its rating."""
    variant, released = rated.variant, rated.released
    told = (*reversed(rated.same_day), *((released,) if released else ()))
    before = {rating.id: rating for rating in told if rating.id != variant.id}
    evidence = (*before.values(), variant)
    is_recorded = is_recorded_unreleased(variant.model)
    newest = _list_newest(board, {rating.id for rating in evidence})
    facts = {"unreleased_by": "record" if is_recorded else "board"} | newest
    facts |= keep_known(objected_in=list(case.claim.objected_in) or None)
    return Finding(outcome, evidence, _list_numbers(case, board, rated), facts)


def _list_newest(board: Board, told: set[str]) -> dict[str, Any]:
    """The newest rating of the released weights, unless it is one that is told already."""
    newest = find_newest(board.released)
    if newest is None or newest.id in told or not newest.as_of:
        return {}
    figures = newest.value, newest.low, newest.high, newest.rank, newest.as_of
    return {"newest": dict(zip(("value", "low", "high", "rank", "on"), figures, strict=True))}


def _list_numbers(case: Case, board: Board, rated: VariantRating) -> dict[str, Any]:
    gap = make_gap(*rated.same_day) if rated.same_day else None
    told = case.of_metric(_PRIVATE_VARIANTS)
    return keep_known(
        board=board.name,
        **_list_figures("rated", rated.variant),
        **(_list_figures("released", rated.released) if rated.released else {}),
        **(_list_gap(gap) if gap else {}),
        same_day=rated.same_day[0].as_of if gap else None,
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


def _list_gap(gap: RatingGap) -> dict[str, Any]:
    return {
        "gap": gap.points,
        "gap_low": gap.low,
        "gap_high": gap.high,
        "gap_votes": gap.votes,
        "gap_win_rate": round(gap.win_rate, 4),
    }
