"""Check the reviewed entries against the parse and the records: none idle, none contradicted."""

from collections.abc import Collection, Iterator

from kb.models.names.compare import SameName, compare_parts
from kb.models.names.lookups import Lookups
from kb.models.names.parse import parse_model_name
from kb.models.names.reviewed import make_reviewed


def check_lookups(lookups: Lookups, record_ids: Collection[str]) -> list[str]:
    """Return what is wrong, one line an entry; `record_ids` are the models with a record."""
    return [*_check_aliases(lookups, record_ids), *_check_pairs(lookups), *_check_makers(lookups)]


def _check_aliases(lookups: Lookups, record_ids: Collection[str]) -> Iterator[str]:
    seen: dict[str, str] = {}
    pairs = make_reviewed(lookups)
    for entry in lookups.aliases:
        name = parse_model_name(entry.name, lookups)
        if entry.record is not None and entry.record not in record_ids:
            yield f"alias of {entry.name!r}: there is no record {entry.record!r}; mend `record`"
        for spelling in (entry.name, *entry.also):
            parts = parse_model_name(spelling, lookups)
            first = seen.setdefault(parts.release_key, entry.name)
            if first != entry.name:
                yield f"{spelling!r} is an alias of {first!r} and of {entry.name!r}; keep one"
            if pairs.find_pair(name, parts):
                yield f"{spelling!r} is an alias of {entry.name!r} and not the same; keep one"
        for spelling in entry.also:
            found = compare_parts(name, parse_model_name(spelling, lookups)).outcome
            yield from _check_expected(f"alias {spelling!r}", entry.expect, found)


def _check_expected(what: str, expected: str, found: SameName) -> Iterator[str]:
    if found.value != expected:
        yield f"{what}: the parse alone says {found.value}, the entry expects {expected}"


def _check_pairs(lookups: Lookups) -> Iterator[str]:
    for entry in lookups.not_the_same:
        left, right = (parse_model_name(name, lookups) for name in entry.names)
        what = f"{entry.names[0]!r} and {entry.names[1]!r}"
        if left.release_key == right.release_key:
            yield f"{what} are one name in two spellings; they can't be kept apart"
        found = compare_parts(left, right).outcome
        yield from _check_expected(what, entry.expect, found)


def _check_makers(lookups: Lookups) -> Iterator[str]:
    vendors = {entry.vendor for entry in lookups.vendors}
    for entry in lookups.families:
        if entry.vendor not in vendors:
            yield f"family {entry.family!r}: vendor {entry.vendor!r} is not in vendors.yml"
        if lookups.find_family_vendor(entry.family.casefold()) != entry.vendor:
            yield f"family {entry.family!r} stands twice, or is no single word"
