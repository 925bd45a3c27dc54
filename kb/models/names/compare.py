"""Compare two model names: same, different or unsure, with the reason in words.

Equal parts are the same model. Anything that a vendor uses to tell models apart keeps them
apart: size, version, variant word, base or instruct, context, date, preview. Where one name
says less than the other it is unsure. What people have reviewed comes before the parse.
"""

from dataclasses import dataclass
from enum import StrEnum

from kb.models.names.lookups import Lookups, fold, load_lookups
from kb.models.names.parse import parse_model_name
from kb.models.names.parts import NameParts
from kb.models.names.reviewed import Reviewed, load_reviewed, make_reviewed


class SameName(StrEnum):
    """Whether two names are one model's."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


@dataclass(frozen=True)
class NameComparison:
    """The outcome, why, and which of the two names is the family of the other, if one is."""

    outcome: SameName
    reason: str
    family: str | None = None


def compare_names(left: str, right: str, lookups: Lookups | None = None) -> NameComparison:
    """Compare two names as written; the order doesn't matter."""
    if left == right:
        return NameComparison(SameName.SAME, "the same text")
    first, second = sorted((left, right))
    a, b = parse_model_name(first, lookups), parse_model_name(second, lookups)
    reviewed = load_reviewed() if lookups is None else make_reviewed(lookups)
    if pair := reviewed.find_pair(a, b):
        return NameComparison(SameName.DIFFERENT, f"reviewed: {pair.reason}")
    known = lookups or load_lookups()
    makers = {parts.vendor or _find_family_vendor(parts, known) for parts in (a, b)} - {None}
    if len(makers) > 1:
        words = " and ".join(sorted(map(str, makers)))
        return NameComparison(SameName.DIFFERENT, f"{words} are two vendors")
    found = _compare_alias(a, b, reviewed) or compare_parts(a, b)
    strangers = {parts.owner for parts in (a, b) if parts.owner and parts.vendor is None}
    if found.outcome is SameName.SAME and strangers and a.owner != b.owner:
        words = "an owner is not known to be its vendor; it may be a copy or a fine-tune"
        return NameComparison(SameName.UNSURE, words)
    return found


def _compare_alias(a: NameParts, b: NameParts, reviewed: Reviewed) -> NameComparison | None:
    entry = reviewed.find_alias(a)
    if entry is None or entry is not reviewed.find_alias(b) or a.key == b.key:
        return None
    return NameComparison(SameName.SAME, f"reviewed alias: {entry.reason}")


def _find_family_vendor(parts: NameParts, lookups: Lookups) -> str | None:
    return lookups.find_family_vendor(parts.words[0]) if parts.words else None


def compare_parts(a: NameParts, b: NameParts) -> NameComparison:
    """Compare the parts alone, without what people have reviewed."""
    if not (a.tokens and b.tokens):
        return NameComparison(SameName.UNSURE, "one of the names says nothing")
    if a.key == b.key:
        kinds = "precision, so two releases" if a.precision != b.precision else "the way of writing"
        return NameComparison(SameName.SAME, f"they differ in {kinds} only")
    if "".join(a.tokens) == "".join(b.tokens) and a.sizes == b.sizes:
        return NameComparison(SameName.UNSURE, "the same letters, parted otherwise")
    family = _find_family(a, b)
    found = [difference for difference in _list_differences(a, b) if difference is not None]
    if family is not None:
        words = f"{family.text} is a plain or a family's name, the other one of its members"
        return NameComparison(SameName.DIFFERENT, words, family.text)
    for outcome in (SameName.DIFFERENT, SameName.UNSURE):
        for difference in found:
            if difference.outcome is outcome:
                return difference
    return NameComparison(SameName.UNSURE, "the same parts in another order")


def _find_family(a: NameParts, b: NameParts) -> NameParts | None:
    """Return the name that is the other's first words and nothing more: Llama 4, Llama 4 Scout."""
    for short, long in ((a, b), (b, a)):
        is_start = short.words == long.words[: len(short.words)]
        versions = short.versions in ((), long.versions)
        if short.is_bare_family and is_start and versions:
            return short
    return None


def _list_differences(a: NameParts, b: NameParts) -> list[NameComparison | None]:
    return [
        _compare_words(a, b),
        _compare_versions(a, b),
        _compare_sizes(a, b),
        _compare_marks(a, b),
        _differ("context length", a.contexts, b.contexts),
        _differ("date stamp", a.dates, b.dates),
        _differ("preview or experimental stage", a.stages, b.stages),
    ]


def _differ(
    what: str, a: tuple[str, ...], b: tuple[str, ...], is_sure: bool = True
) -> NameComparison | None:
    if a == b:
        return None
    said = [" ".join(words) or "none" for words in (a, b)]
    outcome = SameName.DIFFERENT if is_sure else SameName.UNSURE
    return NameComparison(outcome, f"{what}: {said[0]} and {said[1]}")


def _compare_words(a: NameParts, b: NameParts) -> NameComparison | None:
    if fold("".join(a.words)) == fold("".join(b.words)):
        return None
    return _differ("words", a.words, b.words)


def _compare_versions(a: NameParts, b: NameParts) -> NameComparison | None:
    is_sure = bool(a.versions and b.versions) and not _are_equal_numbers(a.versions, b.versions)
    return _differ("version", a.versions, b.versions, is_sure)


def _are_equal_numbers(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether they differ in trailing zeros or a v only: 3, 3.0 and v3."""
    left, right = ([version.lstrip("v").removesuffix(".0") for version in side] for side in (a, b))
    return left == right


def _compare_sizes(a: NameParts, b: NameParts) -> NameComparison | None:
    """One that names more of the same sizes, or one that names none, may be the same model."""
    left, right = set(a.sizes), set(b.sizes)
    return _differ("size", a.sizes, b.sizes, is_sure=not (left <= right or right <= left))


def _compare_marks(a: NameParts, b: NameParts) -> NameComparison | None:
    """Base against instruct is sure; vendors differ in which of them goes without saying."""
    is_sure = bool(a.marks and b.marks) and "base" in {*a.marks} ^ {*b.marks}
    return _differ("base, chat or instruct", a.marks, b.marks, is_sure)
