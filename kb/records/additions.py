"""From answers to the text of a record file: a claim, or a sighting of one that is there."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlsplit

from kb.domain.claim_keys import make_claim_id
from kb.domain.drafts import Availability, ClaimDraft, SightingDraft, SourceDraft
from kb.domain.errors import UserError
from kb.domain.found import FoundClaim
from kb.domain.names import make_model_id, make_name_key, make_slug
from kb.records.answer_drafts import (
    as_part,
    make_claim_draft,
    make_draft,
    make_source_draft,
)
from kb.records.drafts import ModelDraft
from kb.records.files import RecordFile, parse_record
from kb.records.text import add_claim, add_sighting, add_source, render_record

_QUOTED_WORDS, _LONGEST_QUOTE = 10, 160
What = Literal["claim", "sighting", "nothing"]


@dataclass(frozen=True)
class Addition:
    """What is to be written: the whole text of a file, and what is new in it."""

    name: str
    text: str
    what: What
    is_new_file: bool
    claim_id: str
    model_id: str
    claim: ClaimDraft
    record: RecordFile


def find_record(records: Sequence[RecordFile], model: str, vendor: str | None) -> RecordFile | None:
    """Return the record of a model, by its name or an alias."""
    for record in records:
        names = (record.draft.model.name, *record.draft.model.aliases)
        is_vendor = vendor is None or make_slug(vendor) == make_slug(record.draft.model.vendor)
        if is_vendor and make_name_key(model) in {make_name_key(name) for name in names}:
            return record
    return None


def find_source(records: Sequence[RecordFile], url: str) -> SourceDraft | None:
    """Return how a source is described already; all records describe it alike."""
    sources = (source for record in records for source in record.draft.sources.values())
    return next((source for source in sources if str(source.url) == url), None)


def list_facts_of_found(found: FoundClaim) -> dict[str, Any]:
    """Return the answers that a claim found in the source gives."""
    facts = {
        "type": found.claim_type,
        "metric": found.metric,
        "claimed": found.claimed_text,
        "said_by": found.attribution.who if found.attribution else found.said_by,
        "passing": found.attribution and found.attribution.how.value,
        "attribution_words": found.attribution and found.attribution.words,
        "quote": cut_quote(found.quote, found.claimed_text),
        "locator": found.locator,
        "said_on": found.said_on,
        "model": found.subject,
        "vendor": found.vendor,
        "conditions": found.conditions.as_stored(),
        "value": found.claimed_value,
        "value_high": found.claimed_high,
        "unit": found.unit,
        "operator": found.operator,
    }
    return {name: value for name, value in facts.items() if value not in (None, {})}


def cut_quote(quote: str, claimed: str) -> str | None:
    """A few words around the figure, as they stand in the quote; short quotes whole."""
    words = list(re.finditer(r"\S+", quote))
    figure = re.search(r"\S*\d\S*", claimed)
    found = figure and re.search(rf"(?<![\w.,]){re.escape(figure[0])}(?!\w)", quote)
    if len(words) <= _QUOTED_WORDS or found is None:
        return quote if len(quote) <= _LONGEST_QUOTE else None
    middle = next(i for i, word in enumerate(words) if word.end() > found.start())
    first = max(0, min(middle - _QUOTED_WORDS // 2, len(words) - _QUOTED_WORDS))
    last = words[first + _QUOTED_WORDS - 1]
    cut = quote[words[first].start() : last.end()].strip(" ,;:")
    return cut if len(cut) <= _LONGEST_QUOTE else None


def make_addition(
    records: Sequence[RecordFile],
    texts: Mapping[str, str],
    answers: Mapping[str, Any],
    folder: str,
) -> Addition:
    """Return what the answers add to the records; `texts` are those of the files, by name.

    Raises UserError when a file cannot be added to, or what comes of it is no good record.
    """
    record = find_record(records, answers["model"], answers["vendor"])
    source = find_source(records, answers["url"]) or make_source_draft(answers)
    if record is None:
        return _make_new(answers, source, folder)
    key = next((k for k, s in record.draft.sources.items() if str(s.url) == answers["url"]), None)
    text = texts[record.name]
    if key is None:
        key = _make_key(answers["url"], record.draft.sources)
        text = add_source(text, key, as_part(source))
    model_id = make_model_id(record.draft.model.vendor, record.draft.model.name)
    claim = make_claim_draft(answers, key)
    claim_id = make_claim_id(model_id, claim)
    twin = _find_twin(record, model_id, claim_id)
    what: What = "claim"
    if twin is None:
        text = add_claim(text, as_part(claim))
    elif _has_sighting(record.draft.claims[twin], claim.sightings[0]):
        what, text = "nothing", texts[record.name]
    else:
        what, text = "sighting", add_sighting(text, twin, as_part(claim.sightings[0]))
    return _read_again(record, text, what, claim_id, model_id, claim)


def _make_new(answers: Mapping[str, Any], source: SourceDraft, folder: str) -> Addition:
    model_id = make_model_id(answers["vendor"], answers["model"])
    key = _make_key(answers["url"], {})
    claim = make_claim_draft(answers, key)
    known = answers.get("availability") or Availability.UNKNOWN
    says = {} if known == Availability.UNKNOWN else {"availability_source": key}
    model = make_draft(
        ModelDraft,
        {"name": answers["model"], "vendor": answers["vendor"], "availability": known, **says},
    )
    parts = {
        "model": as_part(model),
        "sources": {key: as_part(source)},
        "claims": [as_part(claim)],
    }
    name = f"{folder}/{model_id.replace('/', '-')}.yaml"
    text = render_record(parts)
    record = parse_record(text.encode(), name)
    claim_id = make_claim_id(model_id, claim)
    return Addition(name, text, "claim", True, claim_id, model_id, claim, record)


def _make_key(url: str, taken: Mapping[str, Any]) -> str:
    parts = urlsplit(url)
    labels = [label for label in (parts.hostname or parts.path).split(".") if label != "www"]
    stem = make_slug(labels[-2] if len(labels) > 1 and not labels[-1].isdigit() else labels[0])[:50]
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return next(key for key in (stem, *numbered) if key not in taken)


def _find_twin(record: RecordFile, model_id: str, claim_id: str) -> int | None:
    ids = [make_claim_id(model_id, claim) for claim in record.draft.claims]
    return ids.index(claim_id) if claim_id in ids else None


def _has_sighting(claim: ClaimDraft, sighting: SightingDraft) -> bool:
    return any(
        (known.source, known.quote) == (sighting.source, sighting.quote)
        for known in claim.sightings
    )


def _read_again(
    before: RecordFile, text: str, what: What, claim_id: str, model_id: str, claim: ClaimDraft
) -> Addition:
    """Read the new text; what stood there must be read as it was."""
    after = parse_record(text.encode(), before.name)
    old, new = before.draft, after.draft
    kept = (
        old.model == new.model
        and old.releases == new.releases
        and old.results == new.results
        and old.sources.items() <= new.sources.items()
        and len(new.claims) == len(old.claims) + (what == "claim")
        and all(_is_kept(a, b) for a, b in zip(old.claims, new.claims, strict=False))
    )
    if not kept:
        raise UserError(f"{before.name}: lines cannot be added safely; add the claim by hand")
    return Addition(before.name, text, what, False, claim_id, model_id, claim, after)


def _is_kept(old: ClaimDraft, new: ClaimDraft) -> bool:
    same = old.model_copy(update={"sightings": new.sightings}) == new
    return same and new.sightings[: len(old.sightings)] == old.sightings
