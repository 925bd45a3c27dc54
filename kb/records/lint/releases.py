"""Rules on releases: what nobody can have was measured by nobody, and a record says so."""

from collections.abc import Iterator

from kb.domain.claim_types import find_claim_type
from kb.domain.drafts import Availability
from kb.records.files import Problem
from kb.records.lint.case import LintCase

_NOT_OUT = (Availability.ANNOUNCED, Availability.NEVER_RELEASED, Availability.NO_SUCH_MODEL)


def find_unsaid_availability(case: LintCase) -> Iterator[Problem]:
    """Claims that take weights to test, of a model of which nothing says that it was released."""
    draft = case.draft
    is_unsaid = draft.model.availability is Availability.UNKNOWN and not draft.releases
    if is_unsaid and any(find_claim_type(claim.type).needs_weights for claim in draft.claims):
        words = (
            "nothing says whether this model was released; add `availability` (released, "
            "announced, never_released …) with `availability_source`, if a source says so"
        )
        yield case.warning(("model",), words)


def find_releases_of_the_unreleased(case: LintCase) -> Iterator[Problem]:
    """A release of a model that was never released."""
    availability = case.draft.model.availability
    if availability in _NOT_OUT and case.draft.releases:
        words = (
            f"a release of a model that is {availability}; correct `availability`, or take it out"
        )
        yield case.error(("releases", 0), words)


def find_results_on_the_unreleased(case: LintCase) -> Iterator[Problem]:
    """Results on a model that cannot be had: from whom did those get it who measured it?"""
    availability = case.draft.model.availability
    if availability not in _NOT_OUT:
        return
    for i, result in enumerate(case.draft.results):
        if availability is Availability.NO_SUCH_MODEL:
            words = "a result on a model that does not exist; correct `availability` or the model"
            yield case.error(("results", i), words)
        elif not (result.conditions.board or result.conditions.provider):
            words = (
                f"a result on a model that is {availability}: say who served it "
                "(`conditions: {board: …}` or `{provider: …}`)"
            )
            yield case.warning(("results", i), words)
