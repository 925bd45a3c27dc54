"""The rule about whether something was released, and when."""

from collections.abc import Sequence

from kb.domain.drafts import Availability
from kb.domain.names import make_name_key
from kb.domain.outcomes import Basis, Outcome
from kb.rules.case import Case, Subject
from kb.rules.rule import Finding, Rule, VerdictFact
from kb.rules.wording import join_names, write_day

_BASIS = Basis.READ_FROM_RELEASE  # a release is on record by its own card, licence or listing


def judge_availability(case: Case) -> Finding | None:
    """Compare the models and the day that a claim names with the releases that are known."""
    if case.claim.claim_type != "availability":
        return None
    family = (case.subject, *case.family)
    released = [model for model in family if model.releases]
    if not released:
        return None
    if case.claim.conditions.dated is not None:
        return _judge_day(case, released)
    named = [name for name in case.claim.conditions.artefacts if _is_of_family(name, case.subject)]
    return _judge_named(named, family, released) if named else None


def _is_of_family(name: str, subject: Subject) -> bool:
    return make_name_key(name).startswith(make_name_key(subject.name))


def _judge_day(case: Case, released: list[Subject]) -> Finding | None:
    days = sorted(
        release.published_on
        for model in released
        for release in model.releases
        if release.published_on is not None
    )
    if not days:
        return None
    outcome = (
        Outcome.SUPPORTED if days[0] == case.claim.conditions.dated else Outcome.REFUTED
    )  # fmt: skip
    return Finding(
        outcome,
        numbers={"first_release": str(days[0])},
        facts=_list_released(released),
        rests_on=_BASIS,
    )


def _judge_named(
    named: list[str], family: tuple[Subject, ...], released: list[Subject]
) -> Finding | None:
    known = {make_name_key(model.name): model for model in family}
    missing = [name for name in named if not _has_release(known.get(make_name_key(name)))]
    return Finding(
        Outcome.REFUTED if missing else Outcome.SUPPORTED,
        numbers={"missing": missing} if missing else {},
        facts=_list_released(released),
        rests_on=_BASIS,
    )


def _has_release(model: Subject | None) -> bool:
    return model is not None and (
        bool(model.releases) or model.availability is Availability.RELEASED
    )


def _list_released(released: Sequence[Subject]) -> dict[str, object]:
    return {"released": [model.name for model in released]}


def say_availability(verdict: VerdictFact) -> str:
    """What was released, and which of what was named was not."""
    released = join_names(verdict.facts["released"])
    if "first_release" in verdict.numbers:
        return _say_day(verdict, released)
    if verdict.outcome is Outcome.SUPPORTED:
        return f"What the claim names was released; releases on record: {released}."
    missing = join_names(verdict.numbers["missing"], "or")
    return f"No release called {missing} is on record; what was released is {released}."


def _say_day(verdict: VerdictFact, released: str) -> str:
    """The first day of the whole family: which model came first, the record need not say."""
    first, claimed = verdict.numbers["first_release"], str(verdict.claim.conditions.dated)
    compared = "as claimed" if verdict.outcome is Outcome.SUPPORTED else f"not {write_day(claimed)}"
    return (
        f"The first release on record is of {write_day(first)}, {compared}. "
        f"Released: {released}."
    )  # fmt: skip


RULE = Rule(
    name="availability",
    version=2,
    order=150,
    plain="A named model is available if a release of it is known; a named date must be that of "
    "the first release.",
    would_change="A document that shows a release under the missing name, or one earlier than the "
    "first on record, would change it; so would a release that turns out to be another model's.",
    judge=judge_availability,
    say=say_availability,
)
