"""Rows made from drafts; their ids are made from content."""

from typing import Any

from kb.domain.claim_keys import make_claim_id
from kb.domain.claim_types import ValueKind, find_claim_type
from kb.domain.drafts import ClaimDraft, SightingDraft, SourceDraft
from kb.domain.ids import make_content_id
from kb.store.insert import make_row
from kb.tables import Claim, Source


def make_source(draft: SourceDraft) -> Source:
    """Return the row of a source; its id is made from its address."""
    return make_row(
        Source,
        id=make_content_id("src", str(draft.url)),
        url=str(draft.url),
        publisher=draft.publisher,
        author=draft.author,
        kind=draft.kind,
        title=draft.title,
        published_on=draft.published_on,
        read_on=draft.read_on,
        text_sha256=draft.sha256,
    )


def make_claim(draft: ClaimDraft, subject: str, model_id: str) -> Claim:
    """Return the row of a claim about `model_id`."""
    numeric = find_claim_type(draft.type).kind is ValueKind.QUANTITY
    quantity = draft.quantity if numeric else None
    return make_row(
        Claim,
        id=make_claim_id(model_id, draft),
        model_id=model_id,
        subject_text=draft.subject_text or subject,
        claim_type=draft.type,
        metric=draft.metric,
        claimed_text=draft.claimed,
        operator=quantity and quantity.operator,
        claimed_value=quantity and quantity.low,
        claimed_high=quantity and quantity.high,
        unit=quantity and quantity.unit,
        question=draft.question,
        conditions=draft.conditions.as_stored(),
        seed=draft.seed,
    )


def list_speech(draft: SightingDraft, source: Source) -> dict[str, Any]:
    """Return the columns of a sighting that tell who says it there, and when."""
    passed = draft.attribution
    published_on = source.published_on.isoformat() if source.published_on else None
    return {
        "said_by": draft.said_by or source.author or source.publisher,
        "said_on": draft.said_on or published_on,
        "attributed_to": passed and passed.who,
        "attributed_org": passed and passed.of,
        "attribution": passed and passed.how.value,
        "attribution_words": passed and passed.words,
        "figure_of": draft.figure_of,
        "disputes": draft.disputes,
        "note": draft.note,
    }
