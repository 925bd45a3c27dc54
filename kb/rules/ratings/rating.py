"""The rule about which model a rating belongs to."""

from collections.abc import Sequence

from kb.domain.outcomes import Outcome
from kb.rules.case import Case, Evidence
from kb.rules.ratings.boards import (
    Board,
    find_nearest,
    find_newest,
    holds,
    is_recorded_unreleased,
    make_board,
)
from kb.rules.ratings.rating_words import (
    DRIFT,
    name_variant,
    say_newest,
    say_objection,
    say_released_rating,
    say_variant_rating,
    write_rating,
)
from kb.rules.ratings.variant_findings import make_variant_finding, set_beside
from kb.rules.rule import Finding, Rule, VerdictFact, keep_known
from kb.rules.wording import write_number


def judge_rating(case: Case) -> Finding | None:
    """A rating earned by a model that was never released is true of the wrong model."""
    if case.claim.claim_type != "elo" or case.claim.claimed_value is None:
        return None
    value, board = case.claim.claimed_value, make_board(case)
    if is_recorded_unreleased(case.subject):
        return _judge_unreleased(case, board)
    if not any(holds(rating, value) for rating in board.released):
        source = _find_bearer(board.unreleased, case)
        if source is not None:
            rated = set_beside(board, source)
            return make_variant_finding(case, board, rated, Outcome.WRONG_ARTEFACT)
        source = _find_bearer(board.unplaced, case)
        if source is not None:
            return Finding(Outcome.INCONCLUSIVE, (source,), keep_known(rated=source.value))
    return _judge_released(case, board)


def _judge_unreleased(case: Case, board: Board) -> Finding | None:
    """A claim about a variant by its own name is true of it, if the board says so."""
    own = [rating for rating in board.unreleased if rating.model.id == case.subject.id]
    rating, claimed = find_nearest(own, case.claim.said_on), case.claim.claimed_value
    if rating is None or claimed is None:
        return None
    numbers = keep_known(rated=rating.value)
    return Finding(_compare(rating, claimed), (rating,), numbers, {"is_unreleased": True})


def _find_bearer(ratings: Sequence[Evidence], case: Case) -> Evidence | None:
    """The rating that the claim repeats: of those that hold it, the nearest to its day."""
    value = case.claim.claimed_value or 0.0
    return find_nearest([rating for rating in ratings if holds(rating, value)], case.claim.said_on)


def _judge_released(case: Case, board: Board) -> Finding | None:
    """By the rating nearest to the day of the claim, with its whole interval; newest beside it."""
    rating, claimed = find_nearest(board.released, case.claim.said_on), case.claim.claimed_value
    newest = find_newest(board.released)
    if case.claim.said_on is None:
        rating = newest
    if rating is None or newest is None or claimed is None:
        return None
    evidence = (rating,) if newest.id == rating.id else (rating, newest)
    facts = {"is_of_released": True}
    return Finding(_compare(rating, claimed), evidence, keep_known(rated=rating.value), facts)


def _compare(rating: Evidence, claimed: float) -> Outcome:
    """The very figure that the board gave is true; another one is held against the interval."""
    if rating.value is not None and round(rating.value) == claimed:
        return Outcome.SUPPORTED
    if rating.low is None or rating.high is None:
        return Outcome.INCONCLUSIVE
    if rating.high < claimed:
        return Outcome.OVERSTATED
    return Outcome.SUPPORTED if rating.low >= claimed else Outcome.INCONCLUSIVE


def say_rating(verdict: VerdictFact) -> str:
    """Whose rating it is, or how the claimed one compares with that of the released weights."""
    claimed = write_number(verdict.claim.claimed_value)
    if verdict.outcome is Outcome.WRONG_ARTEFACT:
        return (
            f"The rating of {claimed} belongs to {name_variant(verdict)}.{say_objection(verdict)}"
            f"{say_variant_rating(verdict)}{say_released_rating(verdict)}{say_newest(verdict)}"
        )
    rating = verdict.evidence[0]
    if verdict.facts.get("is_unreleased"):
        unreleased = f"{verdict.model}, whose weights were never released"
        return f"{_say_released(verdict, claimed, rating)} It is that of {unreleased}."
    if not verdict.facts.get("is_of_released"):
        return (
            f"The rating of {claimed} is that of {rating.model.name}: {write_rating(rating)} "
            f"({rating.by}). Whether its weights were released is not on record."
        )
    return f"{_say_released(verdict, claimed, rating)}{_say_second(verdict)}"


def _say_released(verdict: VerdictFact, claimed: str, rating: Evidence) -> str:
    figure = f"{write_rating(rating)} ({rating.by})"
    if verdict.outcome is Outcome.OVERSTATED:
        return f"The claimed {claimed} is above the rating: {figure}."
    if rating.value is not None and write_number(round(rating.value)) == claimed:
        return f"The claimed {claimed} is the rating on the board: {figure}."
    if verdict.outcome is Outcome.SUPPORTED:
        return f"The claimed {claimed} is no higher than the rating: {figure}."
    if rating.low is None or rating.high is None:
        return f"The rating has no interval to compare the claimed {claimed} with: {figure}."
    return f"The claimed {claimed} is inside the interval of the rating: {figure}."


def _say_second(verdict: VerdictFact) -> str:
    """The newest rating, where that is another one and has a day."""
    newest = verdict.evidence[-1]
    if len(verdict.evidence) < 2 or not newest.as_of:
        return ""
    return f" Latest rating of the released weights on record: {write_rating(newest)}; {DRIFT}."


RULE = Rule(
    name="rating",
    version=4,
    order=40,
    plain="A rating counts for the model that earned it, on its leaderboard, on the date nearest "
    "to the claim. The board's own figure is true; another is held against its interval. If only "
    "an unreleased variant's interval includes the claimed figure, the claim is about the wrong "
    "model. A variant is unreleased if a record says so, or if its name calls it experimental, no "
    "release of it is on record, and the leaderboard rates the released model separately. Two "
    "models are only compared on one leaderboard of one day, since ratings drift as the models on "
    "it change.",
    would_change="A rating of the released weights on that leaderboard, dated close to the claim, "
    "whose interval includes the claimed figure; or a release of the variant that earned it.",
    judge=judge_rating,
    say=say_rating,
)
