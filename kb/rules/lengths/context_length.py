"""The rule about context length: the context limit, and the effective context."""

from kb.domain.outcomes import Basis, EvidenceKind, Outcome
from kb.rules.case import Case, Evidence
from kb.rules.lengths.context_words import say_context
from kb.rules.lengths.length_evidence import (
    ABSOLUTE,
    ACCEPTED,
    EFFECTIVE,
    KINDS,
    SERVED,
    find_kind,
    get_lower,
    get_upper,
)
from kb.rules.lengths.stated_limits import find_largest, find_stated
from kb.rules.rule import Finding, Rule, keep_known


def judge_context(case: Case) -> Finding | None:
    """Compare the claimed length with the longest prompt accepted and the effective context.

    A limit that somebody states is shown, and decides nothing; so does a run of the vendor's own.
    Others' tests of use stand last: accepting a text and using it are two things.
    """
    claimed = case.claim.claimed_value
    if case.claim.claim_type != "context_length" or claimed is None:
        return None
    effective = _find_effective(case)
    accepted = _find_accepted(case)
    stated = find_stated(case)
    declared = find_largest(case.of_own_metric("declared_context"))
    if accepted is None and not effective and not stated:
        return None
    deciding = _list_deciding(effective)
    cost = _find_ours(case, "ladder_cost") if effective else None
    ordered = (*deciding, *(result for result in effective if result not in deciding))
    is_ours = any(map(_is_ours, effective))
    found = (*ordered, accepted, *stated) if is_ours else (accepted, *stated, *ordered)
    return Finding(
        _decide(claimed, accepted, deciding),
        tuple(result for result in (*found, declared, cost) if result),
        keep_known(
            claimed=claimed,
            accepted=accepted and accepted.value,
            **_list_ends(ordered),
            served=next((limit.value for limit in stated if limit.metric == SERVED), None),
            declared=declared and declared.value,
            share_of_published_cost=cost and cost.value,
        ),
    )


def _find_effective(case: Case) -> list[Evidence]:
    """Ours by each kind of rule; else ours by any rule, else the longest that others measured."""
    ours = [_find_ours(case, EFFECTIVE, kind) for kind in KINDS]
    if known := [result for result in ours if result is not None]:
        return known
    found = _find_ours(case, EFFECTIVE) or find_largest(
        tuple(result for result in case.of_own_metric(EFFECTIVE) if _is_of_others(result))
    )
    return [found] if found else []


def _find_accepted(case: Case) -> Evidence | None:
    """Ours; else the longest prompt in a run that somebody shows, the vendor last."""
    if ours := _find_ours(case, ACCEPTED):
        return ours
    runs = [run for run in case.of_own_metric(ACCEPTED) if run.kind is EvidenceKind.RUN]
    others = tuple(run for run in runs if not run.is_vendors_word)
    return find_largest(others or tuple(runs))


def _find_ours(case: Case, metric: str, kind: str = "") -> Evidence | None:
    """What we measured for this very claim by one kind of rule: the largest sample there is.

    Samples are not put together: each states its own error rate.
    """
    found = (result for result in case.of_own_metric(metric) if result.claim_id == case.claim.id)
    ours = [result for result in found if (result.conditions.rule or "").startswith(kind)]
    return max(ours, key=lambda result: result.n or 0, default=None)


def _is_ours(result: Evidence) -> bool:
    return result.basis is Basis.MEASURED_HERE


def _is_of_others(result: Evidence) -> bool:
    return not _is_ours(result) and not result.is_vendors_word


def _list_deciding(effective: list[Evidence]) -> list[Evidence]:
    """The results that speak about length, the smallest first.

    A model that misses a fixed score at the shortest length already is not up to the tasks,
    whatever their length; then that rule is silent about length.
    """
    can_speak = [
        result for result in effective if find_kind(result) != ABSOLUTE or get_upper(result) > 0
    ]
    return sorted(
        can_speak or effective, key=lambda result: (get_upper(result), get_lower(result))
    )  # fmt: skip


def _decide(claimed: float, accepted: Evidence | None, deciding: list[Evidence]) -> Outcome:
    """A shorter prompt that was accepted does not show that a longer one is not.

    Nor does a test of use show it that stops short of the claimed length, as others' do.
    """
    if any(_is_ours(result) and get_upper(result) < claimed for result in deciding):
        return Outcome.OVERSTATED
    is_accepted = accepted is not None and not accepted.is_vendors_word
    if not is_accepted or accepted is None or (accepted.value or 0.0) < claimed:
        return Outcome.INCONCLUSIVE
    is_shown = deciding and all(get_lower(one) >= claimed for one in deciding)
    return Outcome.SUPPORTED if is_shown else Outcome.INCONCLUSIVE


def _list_ends(effective: tuple[Evidence, ...]) -> dict[str, object]:
    ends: dict[str, object] = {}
    for result in effective:
        name = f"effective_{kind}" if (kind := find_kind(result)) else "effective"
        ends |= {name: result.value, f"{name}_low": result.low, f"{name}_high": result.high}
    return ends


RULE = Rule(
    name="context_length",
    version=6,
    words_version=2,
    order=80,
    plain="Accepting a text and using it are two things, and both count: the longest prompt that "
    "was accepted in a run that is shown, and the effective context. Our own test of use goes as "
    "far as the claimed length, and is scored in two ways: by a fixed score on thirteen tasks, "
    "and by a share of the model's own score at the shortest length; a model that misses the "
    "fixed score at the shortest length is judged by its own score alone. A claim is overstated if "
    "the effective context in our test is known to fall short of it, supported if both lengths are "
    "shown to reach it, and otherwise not settled. Others' tests of use ask for something else "
    "than a window, often stop far short of it, and find most models short of what is claimed for "
    "them: they are told, and alone they never make a claim overstated. Limits that a provider, an "
    "engine's makers or the vendor state are shown as what they are, and decide nothing.",
    would_change="A run of the claimed length that somebody other than the vendor shows, and a "
    "test of use that goes as far. The effective context is a range: from the longest prompt shown "
    "to work to the longest not ruled out. The claim is overstated if even the top of the range "
    "that we measured falls short of it, and supported once the context limit and the effective "
    "context are both shown to reach it. A test made here outweighs a report; of several tests "
    "made here, the largest decides.",
    judge=judge_context,
    say=say_context,
)
