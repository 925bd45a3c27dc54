"""Results that are near to a claim and do not decide it, and the reason why each does not."""

from kb.domain.outcomes import EvidenceKind
from kb.rules.case import Case, ClaimFact, Evidence
from kb.rules.evidence_words import write_by, write_figure
from kb.rules.wording import write_interval

_MOST_TOLD = 4
_FURTHER = {
    "context_length": ("declared_context", "trained_context", "served_context", "accepted_context",
                       "effective_context"),
    "params_active": ("params_total",),
    "training_compute": ("training_gpu_hours", "training_gpus"),
}  # fmt: skip


def find_near(case: Case) -> tuple[Evidence, ...]:
    """Return the results of the claim's own kind that are on record, the strongest first."""
    claim = case.claim
    names = (claim.metric or claim.claim_type, *_FURTHER.get(claim.claim_type, ()))
    found = case.of_own_metric(*names)
    told = [result for result in found if result.value is not None or result.text]
    return tuple(sorted(told, key=_rank)[:_MOST_TOLD])


def _rank(result: Evidence) -> tuple[bool, bool]:
    return result.is_vendors_word, result.kind is not EvidenceKind.RUN


def say_near(claim: ClaimFact, result: Evidence) -> str:
    """Return a result with the conditions that tell it apart, and why it does not decide."""
    told = result.conditions
    in_format = f" in {told.precision}" if told.precision else ""
    on = next((f" on {name}" for name in (told.board, told.hardware) if name), "")
    ends = write_interval(result.low, result.high) if result.low != result.high else ""
    by = "; ".join(filter(None, (ends, write_by(result))))
    return f"{write_figure(result)}{in_format}{on} ({by}), {_explain(claim, result)}"


def _explain(claim: ClaimFact, result: Evidence) -> str:
    """The first reason that holds."""
    said, told = claim.conditions, result.conditions
    is_figure = claim.claimed_value is not None and result.value is not None
    reasons = (
        (result.is_vendors_word, "which is the vendor's own word"),
        (result.metric != (claim.metric or claim.claim_type), "which is another thing"),
        (told.board != said.board and told.board is not None, "which is another leaderboard"),
        (told.precision != said.precision, _tell_format(said.precision)),
        (is_figure and result.unit != claim.unit, "which is in another unit"),
        (result.kind is EvidenceKind.DECLARED, "which is stated, not shown by a run"),
    )
    return next((reason for holds, reason in reasons if holds), "which does not settle it")


def _tell_format(said: str | None) -> str:
    if said is None:
        return "while the claim names no number format"
    return f"while the claim is about {said}"
