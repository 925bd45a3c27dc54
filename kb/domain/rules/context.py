"""The rule about context length: what is accepted, and what is still used."""

from dataclasses import replace

from kb.domain.outcomes import Basis, Outcome
from kb.domain.rules.case import Case, Evidence, Finding, Rule, as_plain, make_numbers


def _largest(evidence: tuple[Evidence, ...]) -> Evidence | None:
    known = [each for each in evidence if each.value is not None]
    return max(known, key=lambda each: each.value or 0.0, default=None)


def _ours_first(case: Case, metric: str) -> Evidence | None:
    """What we measured for this very claim, else the largest that others reported."""
    found = case.of_own_metric(metric)
    ours = [each for each in found if each.claim_id == case.claim.id]
    if ours:
        return _combine(ours)
    return _largest(tuple(each for each in found if each.basis is not Basis.MEASURED_HERE))


def _combine(ours: list[Evidence]) -> Evidence:
    """Several ladders for one claim: the largest sample's value, the narrowest bounds."""
    best = max(ours, key=lambda each: each.n or 0)
    low = max(_lower(each) for each in ours)
    return replace(best, low=low, high=max(low, min(_upper(each) for each in ours)))


def judge_context(case: Case) -> Finding | None:
    """Compare the claimed window with the longest accepted and the longest still used."""
    claimed = case.claim.value
    if case.claim.type != "context_length" or claimed is None:
        return None
    accepted = _ours_first(case, "accepted_context")
    effective = _ours_first(case, "effective_context")
    served = _largest(case.of_own_metric("served_context"))
    declared = _largest(case.of_own_metric("declared_context"))
    if accepted is None and effective is None and served is None:
        return None
    used = tuple(each for each in (effective, accepted, served, declared) if each)
    numbers = make_numbers(
        claimed=claimed,
        accepted=accepted and accepted.value,
        effective=effective and effective.value,
        effective_low=effective and effective.low,
        effective_high=effective and effective.high,
        served=served and served.value,
        declared=declared and declared.value,
    )
    outcome = _decide(claimed, accepted, effective, served)
    words = _in_words(outcome, case, accepted, effective, served)
    return Finding(outcome, words, used, numbers)


def _upper(evidence: Evidence) -> float:
    return (evidence.high if evidence.high is not None else evidence.value) or 0.0


def _lower(evidence: Evidence) -> float:
    return (evidence.low if evidence.low is not None else evidence.value) or 0.0


def _decide(
    claimed: float, accepted: Evidence | None, effective: Evidence | None, served: Evidence | None
) -> Outcome:
    if effective is not None and _upper(effective) < claimed:
        return Outcome.OVERSTATED
    if accepted is not None and (accepted.value or 0.0) < claimed:
        ours = accepted.basis is Basis.MEASURED_HERE
        return Outcome.INCONCLUSIVE if ours else Outcome.OVERSTATED
    if effective is not None and accepted is not None and _lower(effective) >= claimed:
        return Outcome.SUPPORTED
    return Outcome.INCONCLUSIVE


def _in_words(
    outcome: Outcome,
    case: Case,
    accepted: Evidence | None,
    effective: Evidence | None,
    served: Evidence | None,
) -> str:
    parts = [f"Said: {as_plain(case.claim.value)} tokens."]
    if accepted:
        ours = accepted.basis is Basis.MEASURED_HERE
        words = "Accepted, the longest tried" if ours else "Accepted at most"
        parts.append(f"{words}: {as_plain(accepted.value)} ({accepted.by}).")
    if served:
        parts.append(f"Served at most: {as_plain(served.value)} ({served.by}).")
    if effective:
        parts.append(_used_in_words(effective))
    if outcome is Outcome.INCONCLUSIVE:
        parts.append("That does not decide the claim.")
    return " ".join(parts)


def _used_in_words(effective: Evidence) -> str:
    low, high = _lower(effective), _upper(effective)
    rule = f"; rule: {effective.conditions.rule}" if effective.conditions.rule else ""
    if low == high:
        return f"Used well up to: {as_plain(effective.value)} ({effective.by}{rule})."
    shown = f"shown up to {as_plain(low)}" if low else "not yet shown at any length"
    return f"Used well: {shown}, possibly up to {as_plain(high)} ({effective.by}{rule})."


CONTEXT = Rule(
    "context_length",
    1,
    "Two lengths count: the longest prompt that is accepted, and the longest that is still used. "
    "Overstated if either is known to end before the claim; supported if both are shown to reach "
    "it. A short ladder can find fault sooner than it can confirm.",
    judge_context,
)
