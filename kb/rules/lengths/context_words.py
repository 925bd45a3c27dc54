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
    find_kind,
    get_lower,
    get_upper,
)
from kb.rules.lengths.stated_words import say_stated
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
        }.get(
            verdict.outcome, f"It is too close to call whether {verdict.model} reaches {claimed}."
        )
    told = {
        Outcome.OVERSTATED: f"In a test by others the effective context of {verdict.model} falls "
        f"short of {claimed}",
        Outcome.SUPPORTED: f"{verdict.model} reaches {claimed} in tests by others",
    }.get(
        verdict.outcome,
        f"It is open whether {verdict.model} reaches {claimed}; no test on record settles it",
    )
    return f"{told}; we have not tested it."


def _list_lengths(verdict: VerdictFact) -> Iterator[str]:
    yield from (_say_effective(result) for result in verdict.of_metric(EFFECTIVE))
    yield from (_say_accepted(result) for result in verdict.of_metric(ACCEPTED) if _is_run(result))
    yield from say_stated([result for result in verdict.evidence if not _is_run(result)])


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
    if kind := find_kind(result):
        return f"{result.by}, {_BY_KIND[kind]}"
    named = f"; rule: {result.conditions.rule}" if result.conditions.rule else ""
    return f"{write_by(result)}{named}"


def _say_accepted(result: Evidence) -> str:
    """Nothing follows from it about longer prompts: ours were not tried, others' not told of."""
    tokens = f"{write_number(result.value)} tokens"
    if result.basis is Basis.MEASURED_HERE:
        return f"Longest prompt tried and accepted: {tokens} ({result.by})."
    machine = f" on {result.conditions.hardware}" if result.conditions.hardware else ""
    return f"Longest prompt in a run that is shown: {tokens}{machine} ({write_by(result)})."
