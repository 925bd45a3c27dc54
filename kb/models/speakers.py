"""Who made a claim: the strongest ground that any of its sightings gives, and no stronger.

A vendor is charged with a claim only where a document of its own says it, or a document prints the
vendor's own words. What others report of a vendor, infer from it, or find in a release's files is
theirs, ours, or the release's.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kb.domain.drafts import SourceKind
from kb.domain.names import make_name_key
from kb.domain.speech import CHARGES_VENDOR, Passing, SpeechKind
from kb.models.names import load_lookups

OURSELVES = "As Claimed"
_ORDER = list(SpeechKind)


@dataclass(frozen=True)
class Speech:
    """One sighting, as far as it tells who speaks."""

    said_by: str
    said_on: str | None = None
    source_kind: str | None = None
    attributed_to: str | None = None
    attributed_org: str | None = None
    attribution: str | None = None
    disputes: bool = False

    @property
    def speaker(self) -> str:
        """Whose words they are: those quoted, or the one who speaks there."""
        quoted = self.attribution == Passing.QUOTED
        return self.attributed_to if quoted and self.attributed_to else self.said_by


def make_speech(sighting: Mapping[str, Any], source_kind: str | None) -> Speech:
    """Return what a row of sightings tells of who speaks."""
    names = ("said_by", "said_on", "attributed_to", "attributed_org", "attribution", "disputes")
    return Speech(source_kind=source_kind, **{name: sighting[name] for name in names})


@dataclass(frozen=True)
class Maker:
    """Who made a claim, as a page names them; the organisation behind it; and on what ground."""

    name: str
    organisation: str
    kind: SpeechKind

    def as_columns(self) -> dict[str, Any]:
        """Return it as the columns that readers and programs are given."""
        return {
            "said_by": self.name,
            "maker": self.organisation,
            "said_as": self.kind.value,
            "is_vendors_claim": self.kind in CHARGES_VENDOR,
        }


def find_maker(speeches: Iterable[Speech], vendor: str, question: str | None = None) -> Maker:
    """Return who made a claim about a model of `vendor`, from where it was seen.

    Of equal grounds the earliest counts. A claim that is asked by us, or that every sighting
    disputes, was made by nobody.
    """
    if question is not None:
        return Maker(OURSELVES, OURSELVES, SpeechKind.QUESTION)
    made = [speech for speech in speeches if not speech.disputes]
    if not made:
        return Maker("nobody on record", OURSELVES, SpeechKind.QUESTION)
    ranked = ((_find_kind(speech, vendor), speech) for speech in made)
    kind, speech = min(ranked, key=_rank)
    return Maker(_name(kind, speech, vendor), _find_organisation(kind, speech, vendor), kind)


def is_same_organisation(left: str, right: str) -> bool:
    """Whether two names are one organisation's, by spelling or by a reviewed alias."""
    return _find_key(left) == _find_key(right)


@lru_cache(10_000)  # the same few organisations, over and over
def _find_key(name: str) -> str:
    return make_name_key(load_lookups().find_vendor(name) or name)


def _rank(found: tuple[SpeechKind, Speech]) -> tuple[int, str, str]:
    kind, speech = found
    return _ORDER.index(kind), speech.said_on or "9999", speech.said_by


def _find_kind(speech: Speech, vendor: str) -> SpeechKind:
    if speech.source_kind == SourceKind.RELEASE:
        return SpeechKind.RELEASE
    if speech.attribution == Passing.REPORTED:
        return SpeechKind.REPORTED
    if speech.attribution == Passing.QUOTED:
        quoted = speech.attributed_org or speech.attributed_to or ""
        is_vendors = is_same_organisation(quoted, vendor)
        return SpeechKind.QUOTED if is_vendors else SpeechKind.QUOTED_OTHER
    is_own = is_same_organisation(speech.said_by, vendor)
    return SpeechKind.OWN_DOCUMENT if is_own else SpeechKind.OTHER_DOCUMENT


def _name(kind: SpeechKind, speech: Speech, vendor: str) -> str:
    if kind is SpeechKind.OWN_DOCUMENT:
        return vendor
    if kind is SpeechKind.RELEASE:
        return "The release's own files"
    if kind is SpeechKind.REPORTED:
        return f"{speech.said_by}, reporting {speech.attributed_to}"
    if speech.attribution is None or speech.attributed_to is None:
        return speech.said_by
    if speech.attributed_org is None:
        return speech.attributed_to
    return f"{speech.attributed_to} ({speech.attributed_org})"


def _find_organisation(kind: SpeechKind, speech: Speech, vendor: str) -> str:
    if kind in CHARGES_VENDOR:
        return vendor
    if kind is SpeechKind.QUOTED_OTHER:
        return speech.attributed_org or speech.attributed_to or speech.said_by
    return speech.said_by
