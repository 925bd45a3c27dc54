"""The rule about whether something was released, and when."""

from kb.domain.drafts import Availability
from kb.domain.names import make_name_key
from kb.domain.outcomes import Basis, Outcome
from kb.rules.case import Case, Finding, Rule, Subject, join_names, make_numbers

_BASIS = Basis.REPORTED_BY_OTHERS  # releases come from documents that show them


def judge_availability(case: Case) -> Finding | None:
    """Compare the models and the day that a claim names with the releases that are known."""
    if case.claim.claim_type != "availability":
        return None
    family = (case.subject, *case.kin)
    released = [each for each in family if each.releases]
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
    dated = case.claim.conditions.dated
    holds = days[0] == dated
    words = f"The first release, of {join_names(m.name for m in released)}, is dated {days[0]}."
    outcome = Outcome.SUPPORTED if holds else Outcome.REFUTED
    return Finding(
        outcome, words, numbers=make_numbers(first_release=str(days[0])), rests_on=_BASIS
    )


def _judge_named(
    named: list[str], family: tuple[Subject, ...], released: list[Subject]
) -> Finding | None:
    known = {make_name_key(model.name): model for model in family}
    missing = [name for name in named if not _has_release(known.get(make_name_key(name)))]
    names = join_names(model.name for model in released)
    if not missing:
        return Finding(Outcome.SUPPORTED, f"Released: {names}.", rests_on=_BASIS)
    either = " or ".join(missing)
    words = f"No release called {either} is known; what was released is {names}."
    return Finding(Outcome.REFUTED, words, numbers=make_numbers(missing=missing), rests_on=_BASIS)


def _has_release(model: Subject | None) -> bool:
    return model is not None and (
        bool(model.releases) or model.availability is Availability.RELEASED
    )


AVAILABILITY = Rule(
    "availability",
    1,
    "A named model is available if a release of it is known; a named day must be that of the "
    "first release.",
    judge_availability,
    "A document that shows a release by the missing name, or an earlier release than the "
    "first on record, would change it; so would a release that turns out to be another "
    "model's.",
)
