"""Drafts from the answers of a contributor, and drafts as a person would write them."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from pydantic import ValidationError

from kb.domain.claim_keys import make_claim_id
from kb.domain.drafts import ClaimDraft, Draft, SourceDraft, SourceKind
from kb.domain.errors import UserError
from kb.domain.names import make_name_key
from kb.domain.speech import Passing
from kb.records.plain_errors import explain_error

_OWN_DOCUMENTS = (
    SourceKind.VENDOR_PAGE, SourceKind.MODEL_CARD, SourceKind.LICENSE, SourceKind.RELEASE,
)  # fmt: skip
FIGURE = ("value", "value_high", "unit", "operator")
AnyDraft = TypeVar("AnyDraft", bound=Draft)


def make_source_draft(answers: Mapping[str, Any]) -> SourceDraft:
    """Return the source that the answers describe."""
    names = ("url", "publisher", "kind", "title", "published_on", "read_on", "sha256")
    return make_draft(SourceDraft, {name: answers.get(name) for name in names})


def make_claim_draft(answers: Mapping[str, Any], key: str) -> ClaimDraft:
    """Return the claim that the answers make, seen in the source of that key."""
    place = {name: answers.get(name) for name in ("quote", "locator", "said_on")}
    sighting = {**place, **_make_speech(answers)}
    given = {
        "type": answers["type"],
        "metric": answers.get("metric"),
        "claimed": answers["claimed"],
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


def names_another_speaker(answers: Mapping[str, Any]) -> bool:
    """Whether a source that is nobody's own document gives the words of somebody else."""
    speaker, publisher = answers.get("said_by"), answers.get("publisher")
    is_other = speaker is not None and make_name_key(speaker) != make_name_key(publisher or "")
    return is_other and answers.get("kind") not in _OWN_DOCUMENTS


def _make_speech(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Who speaks: somebody quoted or reported, the author named, or the publisher."""
    speaker = answers.get("said_by")
    if names_another_speaker(answers):
        how = answers.get("passing") or Passing.REPORTED.value
        words = answers.get("attribution_words") or answers["quote"]
        return {"attribution": {"who": speaker, "how": how, "words": words}}
    return {"said_by": None if speaker == answers.get("publisher") else speaker}


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
