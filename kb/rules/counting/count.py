"""The rule that compares a claimed count with the one on record."""

from kb.domain.claim_types import Operator
from kb.domain.outcomes import Basis, EvidenceKind, Outcome
from kb.domain.quantities import compute_rounding, ends_in_zero
from kb.rules.case import Case, Evidence
from kb.rules.counting.count_words import say_count
from kb.rules.counting.strength import COUNTED, STRENGTH
from kb.rules.rule import Finding, Rule

_FROM_A_CONFIGURATION = "training_tokens"
# What some count and others do not: a module that predicts further tokens, an image encoder.
# GLM-4.5 is given as 355B, and 352.8B can be counted without its prediction layer.
_MODULES = {"params_total": 0.02, "params_active": 0.02}


def judge_count(case: Case) -> Finding | None:
    """A count holds if it rounds to the claimed one, or lies on the side that was claimed."""
    claimed = case.claim.claimed_value
    if case.claim.claim_type not in (*COUNTED, _FROM_A_CONFIGURATION) or claimed is None:
        return None
    counts = sorted(filter(_counts, case.of_own_metric(case.claim.claim_type)), key=_rank)
    if not counts:
        return None
    return Finding(
        _decide(case, claimed, counts[0]),
        (counts[0],),
        {"claimed": claimed, "counted": counts[0].value},
    )


def _counts(result: Evidence) -> bool:
    """Whether somebody counted: neither the vendor's word nor a list that repeats it did."""
    if result.value is None or result.is_vendors_word or result.kind is EvidenceKind.DECLARED:
        return False
    return result.metric != _FROM_A_CONFIGURATION or result.basis is Basis.COMPUTED


def _rank(count: Evidence) -> int:
    return STRENGTH.index(count.basis)


def _decide(case: Case, claimed: float, count: Evidence) -> Outcome:
    """By how the figure is written; what another way of counting could explain stays open."""
    value = count.value or 0.0
    low = value if count.low is None else count.low
    if _holds(case, low, value, _find_slack(case, claimed)):
        return Outcome.SUPPORTED
    table, share = value - low, _MODULES.get(count.metric, 0.0)
    fewest, largest = (low - table) * (1 - share), (value + table) * (1 + share)
    is_open = _holds(case, fewest, largest, compute_rounding(case.claim.claimed_text, claimed))
    return Outcome.INCONCLUSIVE if is_open else Outcome.REFUTED


def _find_slack(case: Case, claimed: float) -> float:
    """How far a count may lie from the figure as it was written.

    Half a unit of the last digit: "109B" is within half a billion. How exact a figure is that
    ends in zeros, like 400 billion, its writing does not tell; the type's tolerance then holds.
    """
    written = compute_rounding(case.claim.claimed_text, claimed)
    if written and not ends_in_zero(case.claim.claimed_text, claimed):
        return written
    return max(written, case.claim.declared_type.relative_tolerance * claimed)


def _holds(case: Case, low: float, high: float, slack: float) -> bool:
    """Whether a way of counting, from the lowest to the highest, gives the claimed figure."""
    claimed = case.claim.claimed_value or 0.0
    least, most = claimed - slack, max(claimed, case.claim.claimed_high or claimed) + slack
    if case.claim.operator in (Operator.AT_LEAST, Operator.MORE_THAN):
        return high >= least
    if case.claim.operator in (Operator.AT_MOST, Operator.LESS_THAN):
        return low <= most
    return low <= most and high >= least


RULE = Rule(
    name="count",
    version=3,
    order=90,
    plain="A claimed count holds if the true count rounds to it: to within half a unit of the last "
    "digit written (for 109B, within half a billion), or within 1% where the figure ends in zeros "
    "or is spelt out. Vendors count in different ways: with or without the embedding table (the "
    "list that turns tokens into numbers), the modules that read images, or those that predict "
    "further tokens. Where a claim does not say which, a count of parameters that misses it by no "
    "more than the embedding table and 2% leaves it open; beyond that the claim is refuted. Our "
    "own count of a published architecture comes before a figure that somebody reports. A figure "
    "that the vendor states, or that a list repeats, is no count.",
    would_change="A count from the weights' own headers that rounds to another figure would change "
    "it, and so would a statement of what was counted; a count read from the release outranks all "
    "others.",
    judge=judge_count,
    say=say_count,
)
