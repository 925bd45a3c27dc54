"""A rule about ratings that we fought for ourselves, where no board rates the released weights."""

from kb.domain.outcomes import Basis, Outcome
from kb.rules.board_words import write_rating
from kb.rules.case import Case, Evidence, Finding, Rule, as_plain, make_numbers

METRIC = "battle_elo"


def judge_battles(case: Case) -> Finding | None:
    """By the largest contest against anchors of the claim's own board, with its whole interval."""
    claimed = case.claim.claimed_value
    if case.claim.claim_type != "elo" or claimed is None:
        return None
    best = _find_largest(case)
    if best is None or best.low is None or best.high is None:
        return None
    outcome, words = Outcome.INCONCLUSIVE, "lies inside the interval of"
    if best.high < claimed:
        outcome, words = Outcome.OVERSTATED, "lies above"
    elif best.low >= claimed:
        outcome, words = Outcome.SUPPORTED, "is no more than"
    rule = f" by {best.conditions.rule}" if best.conditions.rule else ""
    sentence = (
        f"The claimed {as_plain(claimed)} {words} the rating {write_rating(best)} of the released "
        f"weights in {best.n:,} battles here against {', '.join(best.conditions.compared_to)}, "
        f"judged{rule}. People who vote may prefer otherwise."
    )
    return Finding(outcome, sentence, (best,), make_numbers(rated=best.value, battles=best.n))


def _find_largest(case: Case) -> Evidence | None:
    board = case.claim.conditions.board
    fought = [
        each
        for each in case.of_own_metric(METRIC)
        if each.basis is Basis.MEASURED_HERE and each.n
        and board in (None, each.conditions.board)
    ]  # fmt: skip
    return max(fought, key=lambda each: (each.n or 0, each.id), default=None)


BATTLES = Rule(
    "battles",
    1,
    "Where no board rates the released weights, their battles against models that it does rate "
    "decide, with the whole interval. Who judged is told.",
    judge_battles,
    "More battles narrow the interval: the claim is overstated once the whole interval lies "
    "below the claimed rating, and supported once it lies at or above it. A board that rates "
    "the released weights comes before battles of ours.",
)
