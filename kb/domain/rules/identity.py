"""Rules about which artefact a rating belongs to."""

from kb.domain.drafts import Availability
from kb.domain.intervals import covers
from kb.domain.outcomes import Outcome
from kb.domain.rules.case import Case, Evidence, Finding, Rule, as_plain, make_numbers


def _split_ratings(case: Case) -> tuple[list[Evidence], list[Evidence]]:
    """Ratings on the claim's board: of released models, of models never released."""
    board = case.claim.conditions.board
    ratings = [
        each for each in case.of_metric("elo") if board is None or each.conditions.board == board
    ]
    released = [each for each in ratings if each.model.availability is Availability.RELEASED]
    withheld = [each for each in ratings if each.model.availability is Availability.NEVER_RELEASED]
    return released, withheld


def _in_words(rating: Evidence) -> str:
    interval = ""
    if rating.low is not None and rating.high is not None:
        interval = f" [{as_plain(rating.low)}, {as_plain(rating.high)}]"
    rank = f" at rank {rating.rank}" if rating.rank else ""
    return f"{as_plain(rating.value)}{interval}{rank}"


def _numbers(withheld: Evidence, released: Evidence | None) -> dict[str, object]:
    return make_numbers(
        rated_model=withheld.model.name,
        rated=withheld.value,
        rated_low=withheld.low,
        rated_high=withheld.high,
        released_model=released.model.name if released else None,
        released=released.value if released else None,
        released_low=released.low if released else None,
        released_high=released.high if released else None,
        released_rank=released.rank if released else None,
        gap=withheld.value - released.value
        if released and withheld.value is not None and released.value is not None
        else None,
    )


def _covers(rating: Evidence, value: float | None) -> bool:
    if value is None or rating.value is None:
        return False
    return covers(rating.value, rating.low, rating.high, value)


def judge_rating(case: Case) -> Finding | None:
    """A rating earned by a model that was never released is true of the wrong artefact."""
    if case.claim.type != "elo" or case.claim.value is None:
        return None
    value = case.claim.value
    released, withheld = _split_ratings(case)
    source = next((each for each in withheld if _covers(each, value)), None)
    first = next(iter(released), None)
    if source is not None and not any(_covers(each, value) for each in released):
        beside = f"; the released weights were rated {_in_words(first)}" if first else ""
        words = (
            f"The rating of {as_plain(value)} belongs to {source.model.name}, "
            f"whose weights were never released{beside}."
        )
        evidence = (first, source) if first else (source,)
        return Finding(Outcome.WRONG_ARTEFACT, words, evidence, _numbers(source, first))
    return _judge_released(case, released)


def _judge_released(case: Case, released: list[Evidence]) -> Finding | None:
    """By the newest rating of a released model, with its whole interval."""
    if not released or case.claim.value is None:
        return None
    latest, claimed = released[-1], case.claim.value
    if latest.low is None or latest.high is None:
        outcome, words = Outcome.INCONCLUSIVE, "has no interval to be compared with; rated was"
    elif latest.high < claimed:
        outcome, words = Outcome.OVERSTATED, "lies above the rating"
    elif latest.low >= claimed:
        outcome, words = Outcome.SUPPORTED, "is no more than the rating"
    else:
        outcome, words = Outcome.INCONCLUSIVE, "lies inside the interval of the rating"
    sentence = f"The claimed {as_plain(claimed)} {words} {_in_words(latest)}."
    return Finding(outcome, sentence, (latest,), make_numbers(rated=latest.value))


def judge_variant(case: Case) -> Finding | None:
    """'What was tested is what was released' is false if the rated variant was withheld."""
    if case.claim.type != "variant":
        return None
    released, withheld = _split_ratings(case)
    if not withheld:
        return None
    first = next(iter(released), None)
    beside = f"; the model that was released was rated {_in_words(first)}" if first else ""
    words = (
        f"The model on the board, {withheld[0].model.name}, was rated {_in_words(withheld[0])} "
        f"and was never released{beside}."
    )
    evidence = (first, withheld[0]) if first else (withheld[0],)
    return Finding(Outcome.REFUTED, words, evidence, _numbers(withheld[0], first))


def judge_board_comparison(case: Case) -> Finding | None:
    """A comparison on a board that was entered by a withheld variant is about that variant."""
    if case.claim.type != "benchmark_comparison" or case.claim.conditions.board is None:
        return None
    released, withheld = _split_ratings(case)
    if not withheld:
        return None
    first = next(iter(released), None)
    words = (
        f"The comparison on {case.claim.conditions.board} was made with {withheld[0].model.name}, "
        "which was never released."
    )
    evidence = (first, withheld[0]) if first else (withheld[0],)
    return Finding(Outcome.WRONG_ARTEFACT, words, evidence, _numbers(withheld[0], first))


RATING = Rule(
    "rating",
    1,
    "A rating counts for the model that earned it. If only a withheld variant's interval holds "
    "the claimed figure, the claim is about the wrong model.",
    judge_rating,
)
VARIANT = Rule(
    "variant",
    1,
    "That the tested model is the released one is false when a withheld variant was tested.",
    judge_variant,
)
BOARD_COMPARISON = Rule(
    "board_comparison",
    1,
    "A comparison on a leaderboard is about the variant that was entered there.",
    judge_board_comparison,
)
