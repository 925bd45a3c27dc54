"""The rule about context length: what is accepted, and what is still used."""

from kb.domain.outcomes import Basis, Outcome
from kb.rules.case import Case, Evidence, Finding, Rule, as_plain, make_numbers

_KINDS = ("absolute", "relative")  # how the names of our own rules begin
_PLAIN = {
    "absolute": "by a fixed score on thirteen tasks",
    "relative": "by its own score on the shortest texts",
}


def _largest(evidence: tuple[Evidence, ...]) -> Evidence | None:
    known = [each for each in evidence if each.value is not None]
    return max(known, key=lambda each: each.value or 0.0, default=None)


def _find_ours(case: Case, metric: str, kind: str = "") -> Evidence | None:
    """What we measured for this very claim by one kind of rule: the largest sample there is.

    Samples are not put together: each states its own error rate.
    """
    found = (each for each in case.of_own_metric(metric) if each.claim_id == case.claim.id)
    ours = [each for each in found if (each.conditions.rule or "").startswith(kind)]
    return max(ours, key=lambda each: each.n or 0, default=None)


def _find_reported(case: Case, metric: str) -> Evidence | None:
    found = case.of_own_metric(metric)
    return _largest(tuple(each for each in found if each.basis is not Basis.MEASURED_HERE))


def judge_context(case: Case) -> Finding | None:
    """Compare the claimed window with the longest accepted and the longest still used."""
    claimed = case.claim.claimed_value
    if case.claim.claim_type != "context_length" or claimed is None:
        return None
    ours = {kind: _find_ours(case, "effective_context", kind) for kind in _KINDS}
    used = [each for each in ours.values() if each is not None]
    if not used:
        found = _find_ours(case, "effective_context") or _find_reported(case, "effective_context")
        used = [found] if found else []
    accepted = _find_ours(case, "accepted_context") or _find_reported(case, "accepted_context")
    served = _largest(case.of_own_metric("served_context"))
    declared = _largest(case.of_own_metric("declared_context"))
    if accepted is None and not used and served is None:
        return None
    deciding = _list_deciding(used)
    cost = _find_ours(case, "ladder_cost") if used else None
    rests_on = (*deciding, *(each for each in used if each not in deciding))
    outcome = _decide(claimed, accepted, deciding)
    return Finding(
        outcome,
        _in_words(outcome, case, accepted, rests_on, served, cost),
        tuple(each for each in (*rests_on, accepted, served, declared, cost) if each),
        _list_numbers(claimed, accepted, rests_on, served, declared, cost),
    )


def _list_deciding(used: list[Evidence]) -> list[Evidence]:
    """The results that speak about length, the smallest first.

    A model that falls short of a fixed score on the shortest texts already is not up to the
    tasks, whatever their length; then that rule is silent about length.
    """
    can_speak = [each for each in used if _kind(each) != "absolute" or _upper(each) > 0]
    return sorted(can_speak or used, key=lambda each: (_upper(each), _lower(each)))


def _kind(evidence: Evidence) -> str | None:
    rule = evidence.conditions.rule or ""
    return next((kind for kind in _KINDS if rule.startswith(kind)), None)


def _upper(evidence: Evidence) -> float:
    return (evidence.high if evidence.high is not None else evidence.value) or 0.0


def _lower(evidence: Evidence) -> float:
    return (evidence.low if evidence.low is not None else evidence.value) or 0.0


def _decide(claimed: float, accepted: Evidence | None, deciding: list[Evidence]) -> Outcome:
    if any(_upper(each) < claimed for each in deciding):
        return Outcome.OVERSTATED
    if accepted is not None and (accepted.value or 0.0) < claimed:
        ours = accepted.basis is Basis.MEASURED_HERE
        return Outcome.INCONCLUSIVE if ours else Outcome.OVERSTATED
    if deciding and accepted is not None and all(_lower(each) >= claimed for each in deciding):
        return Outcome.SUPPORTED
    return Outcome.INCONCLUSIVE


def _list_numbers(
    claimed: float,
    accepted: Evidence | None,
    used: tuple[Evidence, ...],
    served: Evidence | None,
    declared: Evidence | None,
    cost: Evidence | None,
) -> dict[str, object]:
    by_rule: dict[str, object] = {}
    for each in used:
        name = f"effective_{kind}" if (kind := _kind(each)) else "effective"
        by_rule |= {name: each.value, f"{name}_low": each.low, f"{name}_high": each.high}
    return make_numbers(
        claimed=claimed,
        accepted=accepted and accepted.value,
        **by_rule,
        served=served and served.value,
        declared=declared and declared.value,
        share_of_published_cost=cost and cost.value,
    )


def _in_words(
    outcome: Outcome,
    case: Case,
    accepted: Evidence | None,
    used: tuple[Evidence, ...],
    served: Evidence | None,
    cost: Evidence | None,
) -> str:
    parts = [f"Said: {as_plain(case.claim.claimed_value)} tokens."]
    if accepted:
        ours = accepted.basis is Basis.MEASURED_HERE
        words = "Accepted, the longest tried" if ours else "Accepted at most"
        parts.append(f"{words}: {as_plain(accepted.value)} ({accepted.by}).")
    if served:
        parts.append(f"Served at most: {as_plain(served.value)} ({served.by}).")
    parts += [_used_in_words(each) for each in used]
    if outcome is Outcome.INCONCLUSIVE:
        parts.append("That does not decide the claim.")
    if cost and cost.value is not None:
        parts.append(f"It took {cost.value * 100:.2g}% of the tokens that the published way takes.")
    return " ".join(parts)


def _used_in_words(effective: Evidence) -> str:
    low, high = _lower(effective), _upper(effective)
    kind = _kind(effective)
    named = f"; rule: {effective.conditions.rule}" if effective.conditions.rule else ""
    by = f"{effective.by}, {_PLAIN[kind]}" if kind else f"{effective.by}{named}"
    if low == high == 0:
        return f"Used well: not even the shortest texts ({by})."
    if low == high:
        return f"Used well up to: {as_plain(effective.value)} ({by})."
    shown = f"shown up to {as_plain(low)}" if low else "not yet shown at any length"
    return f"Used well: {shown}, possibly up to {as_plain(high)} ({by})."


CONTEXT = Rule(
    "context_length",
    2,
    "Two lengths count: the longest prompt that is accepted, and the longest that is still used. "
    "For the second there are two measures: a fixed score on thirteen tasks, and a share of the "
    "model's own score on the shortest texts; a model that misses the fixed score on the shortest "
    "texts already is judged by its own score alone. Overstated if a length is known to end before "
    "the claim; supported if all are shown to reach it; else too close to call.",
    judge_context,
    "The longest prompt still used has two ends: the length shown, and the longest not "
    "excluded. The claim is overstated as soon as the second lies below it, and supported "
    "once every length measured, accepted and still used, is shown to reach it. A test here "
    "counts more than a report; the largest test counts.",
)
