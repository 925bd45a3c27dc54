"""A page that was fetched, as those see it who only want to read it."""

from dataclasses import dataclass
from datetime import date

from kb.domain.found import Extraction


@dataclass(frozen=True)
class ReadPage:
    """A page's text, what it says of itself, and the claims that were read in it, if it was."""

    url: str
    text: str
    sha256: str
    fetched_on: date
    publisher: str | None = None
    title: str | None = None
    published_on: date | None = None
    extraction: Extraction | None = None


@dataclass(frozen=True)
class UnreadPage:
    """A page that could not be had, and why."""

    url: str
    why: str
