"""Rules about which artefact a rating belongs to."""

from kb.domain.outcomes import Outcome
from kb.rules.board_ratings import Board, find_nearest, find_newest, holds, make_board, make_gap
from kb.rules.board_words import (
    list_numbers,
    say_beside,
    say_newest,
    say_votes,
    say_withheld,
    write_rating,
)
from kb.rules.case import Case, Evidence, Finding, Rule, as_plain, make_numbers


def judge_rating(case: Case) -> Finding | None:
    """A rating earned by a model that was never released is true of the wrong artefact."""
    if case.claim.claim_type != "elo" or case.claim.claimed_value is None:
        return None
    value, board = case.claim.claimed_value, make_board(case)
    if not any(holds(each, value) for each in board.released):
        source = _find_bearer(board.withheld, case)
        if source is not None:
            return _tell_wrong_artefact(case, board, source)
        source = _find_bearer(board.unplaced, case)
        if source is not None:
            return _tell_unplaced(case, source)
    return _judge_released(case, board)


def _find_bearer(ratings: tuple[Evidence, ...], case: Case) -> Evidence | None:
    """The rating that the claim repeats: of those that hold it, the nearest to its day."""
    value = case.claim.claimed_value or 0.0
    return find_nearest([each for each in ratings if holds(each, value)], case.claim.said_on)


def _tell_wrong_artefact(case: Case, board: Board, source: Evidence) -> Finding:
    beside = find_nearest(board.released, source.as_of)
    gap = None if beside is None else make_gap(source, beside)
    words = (
        f"The rating of {as_plain(case.claim.claimed_value)} belongs to {source.model.name}, "
        f"{say_withheld(source.model)}{say_beside(beside, gap)}."
        f"{say_votes(source)}{say_newest(board, beside)}"
    )
    evidence = (beside, source) if beside else (source,)
    return Finding(
        Outcome.WRONG_ARTEFACT, words, evidence, list_numbers(case, board, source, beside)
    )


def _tell_unplaced(case: Case, source: Evidence) -> Finding:
    words = (
        f"The rating of {as_plain(case.claim.claimed_value)} is that of {source.model.name}; "
        "whether its weights can be had is not on record."
    )
    return Finding(Outcome.INCONCLUSIVE, words, (source,), make_numbers(rated=source.value))


def _judge_released(case: Case, board: Board) -> Finding | None:
    """By the rating nearest to the day of the claim, with its whole interval; newest beside it."""
    rating, claimed = find_nearest(board.released, case.claim.said_on), case.claim.claimed_value
    newest = find_newest(board.released)
    if case.claim.said_on is None:
        rating = newest
    if rating is None or newest is None or claimed is None:
        return None
    outcome, words = _compare(rating, claimed)
    day = f" ({rating.as_of})" if rating.as_of else ""
    sentence = (
        f"The claimed {as_plain(claimed)} {words} {write_rating(rating)}{day}."
        f"{say_newest(board, rating)}"
    )
    evidence = (rating,) if newest.id == rating.id else (rating, newest)
    return Finding(outcome, sentence, evidence, make_numbers(rated=rating.value))


def _compare(rating: Evidence, claimed: float) -> tuple[Outcome, str]:
    if rating.low is None or rating.high is None:
        return Outcome.INCONCLUSIVE, "has no interval to be compared with; rated was"
    if rating.high < claimed:
        return Outcome.OVERSTATED, "lies above the rating"
    if rating.low >= claimed:
        return Outcome.SUPPORTED, "is no more than the rating"
    return Outcome.INCONCLUSIVE, "lies inside the interval of the rating"


def judge_variant(case: Case) -> Finding | None:
    """'What was tested is what was released' is false if the rated variant was withheld."""
    if case.claim.claim_type != "variant":
        return None
    board = make_board(case)
    first = find_nearest(board.withheld, case.claim.said_on)
    if first is None:
        return None
    beside = find_nearest(board.released, first.as_of)
    gap = make_gap(first, beside) if beside else None
    words = (
        f"The model on the board, {first.model.name}, was rated {write_rating(first)}; it is one "
        f"{say_withheld(first.model)}{say_beside(beside, gap)}."
    )
    evidence = (beside, first) if beside else (first,)
    return Finding(Outcome.REFUTED, words, evidence, list_numbers(case, board, first, beside))


def judge_board_comparison(case: Case) -> Finding | None:
    """A comparison on a board that was entered by a withheld variant is about that variant."""
    if case.claim.claim_type != "benchmark_comparison" or case.claim.conditions.board is None:
        return None
    board = make_board(case)
    first = find_nearest(board.withheld, case.claim.said_on)
    if first is None:
        return None
    beside = find_nearest(board.released, first.as_of)
    words = (
        f"The comparison on {case.claim.conditions.board} was made with {first.model.name}, "
        f"{say_withheld(first.model)}."
    )
    evidence = (beside, first) if beside else (first,)
    numbers = list_numbers(case, board, first, beside)
    return Finding(Outcome.WRONG_ARTEFACT, words, evidence, numbers)


RATING = Rule(
    "rating",
    2,
    "A rating counts for the model that earned it, on its board, on the day nearest to the claim. "
    "If only a withheld variant's interval holds the claimed figure, the claim is about the wrong "
    "model. A variant is withheld if a record says so, or if its name calls it experimental, no "
    "release of it is on record, and the board rates the released model apart from it.",
    judge_rating,
    "A rating of the released weights on that board, near the claim's day, whose interval "
    "holds the claimed figure; or a release of the variant that earned it.",
)
VARIANT = Rule(
    "variant",
    2,
    "That the tested model is the released one is false when a withheld variant was tested; what "
    "is withheld is told as for a rating.",
    judge_variant,
    "A release of the variant that was rated, or a document that shows that the rated weights "
    "are the released ones.",
)
BOARD_COMPARISON = Rule(
    "board_comparison",
    2,
    "A comparison on a leaderboard is about the variant that was entered there.",
    judge_board_comparison,
    "The same comparison made with the released weights on that board.",
)
