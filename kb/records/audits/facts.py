"""The facts that record files assert, each with its place and its source; and a draw of them."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from pydantic import BaseModel

from kb.domain.drafts import ClaimDraft, SightingDraft, SourceDraft
from kb.domain.ids import make_content_id
from kb.models.speakers import OURSELVES, Speech, find_maker
from kb.records.drafts import RecordDraft
from kb.records.files import RecordFile

_Place = tuple[str | int, ...]
# Notes on how a record came about; a reader judges what it says.
_NO_FACTS = {"sightings", "corrected", "source", "availability_source", "config_sources"}


@dataclass(frozen=True)
class Fact:
    """One thing that a record asserts: its kind, where it stands, what it says, and its source.

    The id is made from kind, words and source: a fact that was changed is another one.
    """

    kind: str
    file: str
    line: int
    place: str
    says: dict[str, Any]
    source: dict[str, Any]

    @property
    def id(self) -> str:
        """Made from what it says, and not from where it stands."""
        return make_fact_id(self.kind, self.says, self.source)


def make_fact_id(kind: str, says: dict[str, Any], source: dict[str, Any]) -> str:
    """Return the id of a fact that says this."""
    return make_content_id("fct", kind, says, source)


def list_facts(records: Iterable[RecordFile]) -> list[Fact]:
    """Return every fact of the records, each once, in the order of ids."""
    found = {
        fact.id: fact
        for record in records
        for fact in (_make_fact(record, *asserted) for asserted in _list_asserted(record.draft))
    }
    return [found[fact_id] for fact_id in sorted(found)]


Asserted = tuple[str, _Place, str, dict[str, Any]]


def _list_asserted(draft: RecordDraft) -> Iterator[Asserted]:
    """The kinds of facts there are: kind, place, key of the source, what is said."""
    model = draft.model
    if model.availability_source is not None:
        yield "availability", ("model",), model.availability_source, _tell(model)
    for i, release in enumerate(draft.releases):
        shown = {"config_read_in": [str(draft.sources[key].url) for key in release.config_sources]}
        yield "release", ("releases", i), release.source, _tell(release) | shown
    for i, claim in enumerate(draft.claims):
        for j, sighting in enumerate(claim.sightings):
            source = draft.sources[sighting.source]
            says = {
                "claim": _tell(claim),
                "sighting": _tell(sighting),
                "published_as": _tell_maker(claim, sighting, source, model.vendor),
            }
            yield "sighting", ("claims", i, "sightings", j), sighting.source, says
    for i, result in enumerate(draft.results):
        yield "result", ("results", i), result.source, _tell(result)


def _tell(part: BaseModel) -> dict[str, Any]:
    """All fields that are set and bear on truth."""
    set_here = part.model_dump(mode="json", exclude_defaults=True)
    return {name: value for name, value in set_here.items() if name not in _NO_FACTS}


def _tell_maker(
    claim: ClaimDraft, sighting: SightingDraft, source: SourceDraft, vendor: str
) -> dict[str, str]:
    """Who readers are told speaks here, and on what ground; or that the passage disputes it."""
    passed = sighting.attribution
    speech = Speech(
        sighting.said_by or source.author or source.publisher,
        source_kind=source.kind,
        attributed_to=passed.who if passed else None,
        attributed_org=passed.of if passed else None,
        attribution=passed.how if passed else None,
    )
    maker = find_maker([speech], vendor)
    said_as = "disputed" if sighting.disputes else maker.kind.value
    asked = {"asked_by": OURSELVES} if claim.question else {}
    return {"said_by": maker.name, "said_as": said_as, **asked}


def _make_fact(record: RecordFile, kind: str, path: _Place, key: str, says: dict[str, Any]) -> Fact:
    model = record.draft.model
    source = record.draft.sources[key].model_dump(mode="json", exclude_defaults=True)
    return Fact(
        kind,
        Path(record.name).name,
        record.find_line(path),
        ".".join(map(str, path)),
        {"model": model.name, "vendor": model.vendor, **says},
        source,
    )


def draw_facts(facts: Sequence[Fact], sample: int, seed: int) -> list[Fact]:
    """Return `sample` facts, each as likely as any other; the same of the same facts and seed."""
    return Random(seed).sample(sorted(facts, key=lambda fact: fact.id), sample)  # noqa: S311


def compute_facts_digest(facts: Iterable[Fact]) -> str:
    """Return the SHA-256 of the ids of all facts: equal records, equal digest."""
    ids = sorted(fact.id for fact in facts)
    return hashlib.sha256("\n".join(ids).encode()).hexdigest()
