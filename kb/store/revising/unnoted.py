"""What a new version of a record changes without a note: readers were told otherwise before."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session, col, select

from kb.records.files import Problem, RecordFile, Severity
from kb.store.asserting import read_asserted
from kb.tables import Claim, Correction, Measurement, Model, Release, Revision, Sighting
from kb.tables.base import JsonObject, Table

_SPEAKERS = ("said_by", "attributed_to", "attributed_org", "figure_of")
_SPEECH = (*_SPEAKERS, "attribution", "disputes")  # fields of notes on who says what
_BATCH = 400
Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Before:
    """The rows of the version in force, as they stood before they were brought up to date."""

    rows: dict[type[Table], dict[str, JsonObject]]


def read_before(session: Session, revision: Revision) -> Before:
    """Return what a revision says now; it is to be replaced."""
    ids = sorted(read_asserted(session, revision.id))
    rows: dict[type[Table], dict[str, JsonObject]] = {}
    for table in (Claim, Sighting, Release, Measurement, Model):
        found = rows.setdefault(table, {})
        for start in range(0, len(ids), _BATCH):
            key = col(table.id)
            query = select(table).where(key.in_(ids[start : start + _BATCH]))
            dumps = [row.model_dump() for row in session.exec(query)]
            found |= {row["id"]: row for row in dumps}
    return Before(rows)


class Unnoted:
    """Compares a version with the one before; `kept` are the ids that any record still asserts."""

    def __init__(
        self, record: RecordFile, before: Before, rows: Sequence[Table], kept: Collection[str]
    ) -> None:
        self.record = record
        self.before = before.rows
        self.rows = rows
        self.kept = kept
        notes = [row for row in rows if isinstance(row, Correction)]
        self._old_ids = {note.old_id for note in notes}
        self._fields = {(note.about_id, note.field) for note in notes}
        today = datetime.now(UTC).date()
        self._example = f"corrected: [{{on: {today}, was: {{%s: %s}}, why: …}}]"

    def find(self) -> Iterator[Problem]:
        """Yield a warning for each figure, speaker, alias or release that changed unnoted."""
        yield from self._find_model()
        for claim in self._list_gone(Claim):
            words = f"the {claim['claim_type']} claim {claim['claimed_text']!r} stood here before"
            remedy = self._example % ("claimed", claim["claimed_text"])
            same = (claim["claim_type"], claim["metric"])
            place = self._find_place("claims", same, lambda part: (part.type, part.metric))
            yield self._warn(
                place, f"{words}; if it was wrong, add {remedy}, or list it under `withdrawn:`"
            )
        yield from self._find_speakers()
        if self._is_of_another_model():
            return  # then all ids are other ones
        for release in self._list_gone(Release):
            words = f"the release {release['repository']!r} stood here before"
            remedy = self._example % ("repository", release["repository"])
            yield self._warn(("releases", 0), f"{words}; if it was wrong, add {remedy}")
        yield from self._find_results()

    def _is_of_another_model(self) -> bool:
        models = {row.id for row in self.rows if isinstance(row, Model)}
        return models != set(self.before[Model])

    def _find_results(self) -> Iterator[Problem]:
        """Figures that no result has any more; those that we counted on a config are not told."""
        rows = [row.model_dump() for row in self.rows if isinstance(row, Measurement)]
        standing = {_get_figure(row) for row in rows}
        for result in self._list_gone(Measurement):
            if result["release_id"] is not None or _get_figure(result) in standing:
                continue
            figure = result["text"] if result["value"] is None else f"{result['value']:.15g}"
            words = f"the result {result['metric']} {figure!r} stood here before"
            field = "text" if result["value"] is None else "value"
            place = self._find_place("results", result["metric"], lambda part: part.metric)
            remedy = self._example % (field, figure)
            yield self._warn(place, f"{words}; if it was wrong, add {remedy}")

    def _find_model(self) -> Iterator[Problem]:
        for model in self.before[Model].values():
            now = next(row for row in self.rows if isinstance(row, Model))
            if model["id"] != now.id and model["id"] not in self._old_ids:
                words = f"the model was {model['vendor']} {model['name']!r} before"
                remedy = self._example % ("vendor", model["vendor"])
                yield self._warn(("model",), f"{words}; if that was wrong, add {remedy}")
            gone = sorted(set(model["aliases"]) - {*now.aliases, now.name})
            if gone and (now.id, "aliases") not in self._fields:
                words = f"{', '.join(map(repr, gone))} was an alias before"
                remedy = self._example % ("aliases", f"[{', '.join(model['aliases'])}]")
                yield self._warn(("model", "aliases"), f"{words}; if that was wrong, add {remedy}")

    def _find_speakers(self) -> Iterator[Problem]:
        """Speakers that a document no longer has for a claim that stays."""
        was = _list_speech(self.before[Sighting].values())
        rows = [row.model_dump() for row in self.rows if isinstance(row, Sighting)]
        now, places = _list_speech(rows), self._list_claim_places()
        for (claim_id, source_id), spoken in sorted(was.items()):
            gone = spoken - now.get((claim_id, source_id), spoken)
            if gone and not any((claim_id, field) in self._fields for field in _SPEECH):
                who = min(gone)
                remedy = self._example % ("said_by", who)
                words = f"here a document had {who!r} as the speaker before"
                place = places.get(claim_id, ("claims",))
                yield self._warn(place, f"{words}; if that was wrong, add {remedy}")

    def _list_claim_places(self) -> dict[str, Place]:
        """Claims by id: their rows come in the order in which they stand in the file."""
        claims = [row for row in self.rows if isinstance(row, Claim)]
        return {row.id: ("claims", number) for number, row in enumerate(claims)}

    def _list_gone(self, table: type[Table]) -> list[JsonObject]:
        """Rows of the version before that no record asserts and no note tells of."""
        told = self._old_ids | set(self.kept)
        return [row for row_id, row in sorted(self.before[table].items()) if row_id not in told]

    def _find_place(self, part: str, wanted: object, tell: Any) -> Place:
        """Where the same kind of thing stands now, else where such things stand."""
        parts = getattr(self.record.draft, part)
        found = (number for number, made in enumerate(parts) if tell(made) == wanted)
        number = next(found, None)
        return (part,) if number is None else (part, number)

    def _warn(self, place: Place, words: str) -> Problem:
        line = self.record.find_line(place)
        return Problem(self.record.name, line, words, Severity.WARNING)


def _get_figure(result: JsonObject) -> tuple[object, ...]:
    return tuple(result[name] for name in ("metric", "value", "text"))


def _list_speech(rows: Iterable[JsonObject]) -> dict[tuple[str, str], set[str]]:
    """By claim and source, who speaks there or is passed on."""
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        names = {row[name] for name in _SPEAKERS if row[name] is not None}
        found[(row["claim_id"], row["source_id"])] |= names
    return dict(found)
