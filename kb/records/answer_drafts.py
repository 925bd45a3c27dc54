"""Drafts from the answers of a contributor, and drafts as a person would write them."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from pydantic import ValidationError

from kb.domain.claim_keys import make_claim_id
from kb.domain.drafts import ClaimDraft, Draft, SourceDraft
from kb.domain.errors import UserError
from kb.records.plain_errors import explain_error

FIGURE = ("value", "value_high", "unit", "operator")
AnyDraft = TypeVar("AnyDraft", bound=Draft)


def make_source_draft(answers: Mapping[str, Any]) -> SourceDraft:
    """Return the source that the answers describe."""
    names = ("url", "publisher", "kind", "title", "published_on", "read_on", "sha256")
    return make_draft(SourceDraft, {name: answers.get(name) for name in names})


def make_claim_draft(answers: Mapping[str, Any], key: str) -> ClaimDraft:
    """Return the claim that the answers make, seen in the source of that key."""
    sighting = {name: answers.get(name) for name in ("quote", "locator", "said_on")}
    given = {
        "type": answers["type"],
        "metric": answers.get("metric"),
        "claimed": answers["claimed"],
        "said_by": answers["said_by"],
        "conditions": answers.get("conditions") or {},
        "sightings": [{"source": key, **sighting}],
    }
    figure = {name: answers[name] for name in FIGURE if answers.get(name) is not None}
    whole = make_draft(ClaimDraft, given | figure)
    try:
        plain = ClaimDraft.model_validate(given)
    except ValidationError:
        return whole
    # The figure is read from the words wherever they say all of it.
    return plain if make_claim_id("", plain) == make_claim_id("", whole) else whole


def make_draft(draft: type[AnyDraft], values: Mapping[str, Any]) -> AnyDraft:
    """Return a draft of what is given; raise UserError that names the field that is wrong."""
    try:
        return draft.model_validate({k: v for k, v in values.items() if v is not None})
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or draft.__name__
        raise UserError(f"{place}: {explain_error(first)}") from None


def as_part(draft: Any) -> dict[str, Any]:
    """Return what a person would write: nothing that is not set, days as days."""
    part: dict[str, Any] = draft.model_dump(mode="json", exclude_defaults=True)
    for name in ("read_on", "published_on"):
        if name in part and isinstance(getattr(draft, name, None), date):
            part[name] = getattr(draft, name)
    return part
