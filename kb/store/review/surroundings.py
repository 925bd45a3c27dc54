"""The words around a quote, from the archived bytes."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kb.store.archive.warc_files import read_snapshot
from kb.text.decoding import decode_bytes

_REACH = 280
_DOCUMENTS = 4


@dataclass(frozen=True)
class Surroundings:
    """A quote, and what stands before and after it; a note where that cannot be shown."""

    before: str
    quote: str
    after: str
    note: str | None = None


def read_surroundings(
    archive: Path, name: str, served: str | None, quote: str, start: int, end: int
) -> Surroundings:
    """Return a quote as it stands in an archived document.

    `name` is the document's in the archive, `served` its media type as the server gave it.
    """
    try:
        text = _read_text(archive, name, served)
    except (OSError, ValueError) as error:
        return Surroundings("", quote, "", f"the archive cannot be read: {error}")
    if text[start:end] != quote:
        return Surroundings("", quote, "", "the document is no text in which it could be shown")
    return Surroundings(text[max(0, start - _REACH) : start], quote, text[end : end + _REACH])


@lru_cache(maxsize=_DOCUMENTS)
def _read_text(archive: Path, name: str, served: str | None) -> str:
    return decode_bytes(read_snapshot(archive, name), served)
