"""The sentence of a verdict on a context length."""

from collections.abc import Iterator

from kb.domain.outcomes import Basis, EvidenceKind, Outcome
from kb.rules.case import Evidence
from kb.rules.evidence_words import write_by
from kb.rules.lengths.length_evidence import (
    ABSOLUTE,
    ACCEPTED,
    EFFECTIVE,
    RELATIVE,
    SERVED,
    find_kind,
    get_lower,
    get_upper,
)
from kb.rules.lengths.stated_words import say_stated
from kb.rules.lengths.use_words import say_use
from kb.rules.rule import VerdictFact
from kb.rules.wording import write_number

_BY_KIND = {
    ABSOLUTE: "against a fixed pass mark on thirteen tasks",
    RELATIVE: "against the model's own score on the shortest texts",
}


def say_context(verdict: VerdictFact) -> str:
    """Whether the model reaches the claimed length, then each length and who found it."""
    return " ".join((_say_outcome(verdict), *_list_lengths(verdict)))


def _say_outcome(verdict: VerdictFact) -> str:
    claimed = f"the claimed {write_number(verdict.claim.claimed_value)} tokens"
    tested = verdict.of_metric(EFFECTIVE, ACCEPTED)
    if any(result.basis is Basis.MEASURED_HERE for result in tested):
        return {
            Outcome.OVERSTATED: f"{verdict.model} falls short of {claimed}.",
            Outcome.SUPPORTED: f"{verdict.model} reaches {claimed}.",
        }.get(verdict.outcome, f"It is not settled whether {verdict.model} reaches {claimed}.")
    return f"{_say_of_others(verdict, claimed)}; we have not tested it."


def _say_of_others(verdict: VerdictFact, claimed: str) -> str:
    """Whether so long a text is accepted, as far as others show or state it."""
    if verdict.outcome is Outcome.SUPPORTED:
        return f"{verdict.model} reaches {claimed} in tests by others"
    reaching = [limit for limit in _list_limits(verdict) if _reaches(verdict, limit)]
    if any(map(_is_run, reaching)):
        return f"In a run by others {verdict.model} accepted {claimed}"
    if reaching:
        return (
            f"Others state that {verdict.model} accepts {claimed}; no run of that length by "
            "anybody but its vendor is on record"
        )
    return (
        f"It is open whether {verdict.model} accepts {claimed}: on record, nobody but its vendor "
        "says so"
    )


def _list_limits(verdict: VerdictFact) -> list[Evidence]:
    """What others show or state now; of two listings the second is over."""
    found = (*verdict.of_metric(ACCEPTED), *verdict.of_metric(SERVED)[:1])
    return [limit for limit in found if not limit.is_vendors_word]


def _reaches(verdict: VerdictFact, limit: Evidence) -> bool:
    return (limit.value or 0.0) >= (verdict.claim.claimed_value or 0.0)


def _list_lengths(verdict: VerdictFact) -> Iterator[str]:
    effective = verdict.of_metric(EFFECTIVE)
    yield from (_say_effective(result) for result in effective if _is_ours(result))
    yield from (_say_accepted(result) for result in verdict.of_metric(ACCEPTED) if _is_run(result))
    yield from say_stated([result for result in verdict.evidence if not _is_run(result)])
    yield from (say_use(result) for result in effective if not _is_ours(result))


def _is_ours(result: Evidence) -> bool:
    return result.basis is Basis.MEASURED_HERE


def _is_run(result: Evidence) -> bool:
    return result.basis is Basis.MEASURED_HERE or result.kind is EvidenceKind.RUN


def _say_effective(result: Evidence) -> str:
    low, high, by = get_lower(result), get_upper(result), _say_by(result)
    if low == high == 0:
        return f"Failed at the shortest length tested ({by})."
    if low == high:
        return f"Effective context: {write_number(result.value)} tokens ({by})."
    shown = f"at least {write_number(low)} tokens" if low else "not yet shown at any length"
    return f"Effective context: {shown}, possibly as many as {write_number(high)} ({by})."


def _say_by(result: Evidence) -> str:
    kind = find_kind(result)
    return f"{result.by}, {_BY_KIND[kind]}" if kind else result.by


def _say_accepted(result: Evidence) -> str:
    """Nothing follows from it about longer prompts: ours were not tried, others' not told of."""
    tokens = f"{write_number(result.value)} tokens"
    if result.basis is Basis.MEASURED_HERE:
        return f"Longest prompt tried and accepted: {tokens} ({result.by})."
    machine = f" on {result.conditions.hardware}" if result.conditions.hardware else ""
    return f"Longest prompt in a run that is shown: {tokens}{machine} ({write_by(result)})."
