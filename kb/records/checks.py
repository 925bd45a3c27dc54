"""Checks that look past one field: keys that resolve, claims and founding rows that occur once."""

from collections.abc import Iterable

from kb.domain.claim_keys import make_claim_id
from kb.domain.names import make_model_id, make_name_key
from kb.records.files import Problem, RecordFile


def check_records(files: Iterable[RecordFile]) -> list[Problem]:
    """Return what is wrong within and between the files, in order."""
    records = list(files)
    problems = [problem for record in records for problem in _check_source_keys(record)]
    problems += _check_file_names(records)
    problems += _check_once(records)
    problems += _check_sources_agree(records)
    problems += _check_families(records)
    return sorted(problems)


def _check_source_keys(record: RecordFile) -> Iterable[Problem]:
    draft = record.draft
    used: list[tuple[tuple[str | int, ...], str]] = [
        (("claims", i, "sightings", j, "source"), sighting.source)
        for i, claim in enumerate(draft.claims)
        for j, sighting in enumerate(claim.sightings)
    ]
    used += [
        (("withdrawn", i, "sightings", j, "source"), sighting.source)
        for i, claim in enumerate(draft.withdrawn)
        for j, sighting in enumerate(claim.sightings)
    ]
    used += [(("results", i, "source"), result.source) for i, result in enumerate(draft.results)]
    used += [
        (("releases", i, "source"), release.source) for i, release in enumerate(draft.releases)
    ]
    used += [
        (("releases", i, "config_sources", j), key)
        for i, release in enumerate(draft.releases)
        for j, key in enumerate(release.config_sources)
    ]
    if draft.model.availability_source is not None:
        used.append((("model", "availability_source"), draft.model.availability_source))
    for path, key in used:
        if key not in draft.sources:
            known = ", ".join(sorted(draft.sources))
            message = f"source {key!r} is not listed under `sources`; known: {known}"
            yield Problem(record.name, record.find_line(path), message)


def _check_file_names(records: list[RecordFile]) -> Iterable[Problem]:
    """A later version of a record is told by the name of its file."""
    seen: dict[str, str] = {}
    for record in records:
        first = seen.setdefault(record.file_name, record.name)
        if first != record.name:
            message = f"{first} has the same name; rename one of the two files"
            yield Problem(record.name, 1, message)


def _check_once(records: list[RecordFile]) -> Iterable[Problem]:
    seen: dict[str, str] = {}
    for record in records:
        model_id = make_model_id(record.draft.model.vendor, record.draft.model.name)
        keys: list[tuple[tuple[str | int, ...], str]] = [(("model", "name"), f"model {model_id}")]
        model = record.draft.model
        names = {make_name_key(name) for name in (model.name, *model.aliases)}
        keys += [(("model",), f"name {model.vendor}/{name}") for name in sorted(names)]
        for i, claim in enumerate(record.draft.claims):
            keys.append((("claims", i), f"claim {make_claim_id(model_id, claim)}"))
            if claim.seed is not None:
                keys.append((("claims", i, "seed"), f"seed {claim.seed}"))
        for path, key in keys:
            line = record.find_line(path)
            if key in seen:
                what = key.split(" ", maxsplit=1)[0]
                message = f"the same {what} is at {seen[key]}; add a sighting there instead"
                yield Problem(record.name, line, message)
            seen.setdefault(key, f"{record.name}:{line}")


def _check_sources_agree(records: list[RecordFile]) -> Iterable[Problem]:
    seen: dict[str, tuple[object, str]] = {}
    for record in records:
        for key, source in record.draft.sources.items():
            line = record.find_line(("sources", key))
            about = (source.publisher, source.kind, source.title)
            first, place = seen.setdefault(str(source.url), (about, f"{record.name}:{line}"))
            if first != about:
                message = f"{source.url} is described differently at {place}; make them agree"
                yield Problem(record.name, line, message)


def _check_families(records: list[RecordFile]) -> Iterable[Problem]:
    known = {
        make_name_key(name)
        for record in records
        for name in (record.draft.model.name, *record.draft.model.aliases)
    }
    for record in records:
        parent = record.draft.model.variant_of
        if parent is not None and make_name_key(parent) == make_name_key(record.draft.model.name):
            line = record.find_line(("model", "variant_of"))
            yield Problem(
                record.name, line, "a model cannot be a variant of itself; name its family"
            )
        if parent is not None and make_name_key(parent) not in known:
            line = record.find_line(("model", "variant_of"))
            yield Problem(record.name, line, f"there is no record of {parent!r}; add one first")
