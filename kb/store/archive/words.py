"""A source in its own words: the text around a quote in archived bytes, or where it stands."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlmodel import Session, col, or_, select

from kb.domain.ids import make_content_id
from kb.reading.quotes import render_text
from kb.store.archive.snapshots import find_newest
from kb.store.archive.warc_files import read_snapshot
from kb.tables import Snapshot

_AROUND = 400


@dataclass(frozen=True)
class SourceWords:
    """What an archived source says around what is looked for; `why` says why there is nothing."""

    text: str | None = None
    fetched_on: date | None = None
    is_as_read: bool = False
    why: str | None = None


def find_words(
    session: Session, archive: Path, url: str, sha256: str | None, wanted: Sequence[str]
) -> SourceWords:
    """Return the words around the first of `wanted` that stands in the archived bytes of `url`.

    The bytes with the digest that the record names come first, under whatever address they were
    fetched, then the newest.
    """
    is_its = col(Snapshot.source_id) == make_content_id("src", url)
    is_read = col(Snapshot.sha256) == sha256
    rows = session.exec(select(Snapshot).where(or_(is_its, is_read))).all()
    as_read = [row for row in rows if row.sha256 == sha256]
    snapshot = find_newest(as_read or rows)
    if snapshot is None:
        return SourceWords(why="the archive does not hold it")
    day, is_as_read = snapshot.fetched_at.date(), bool(as_read)
    try:
        body = read_snapshot(archive, snapshot.archive_name)
    except (OSError, ValueError) as error:
        return SourceWords(None, day, is_as_read, f"the archive cannot give its bytes: {error}")
    found = cut_out(render_text(body.decode("utf-8", "replace"), url), wanted)
    why = None if found else "the archived text does not hold what is looked for"
    return SourceWords(found, day, is_as_read, why)


def cut_out(text: str, wanted: Iterable[str]) -> str | None:
    """Return the text around the first of `wanted` that it holds, white space evened out."""
    plain = " ".join(text.split())
    for words in wanted:
        pattern = re.compile(r"(?<!\w)" + re.escape(" ".join(words.split())) + r"(?!\w)")
        if words and (found := pattern.search(plain)):
            start, end = max(0, found.start() - _AROUND), found.end() + _AROUND
            before = "… " if start else ""
            return f"{before}{plain[start:end]}{' …' if end < len(plain) else ''}"
    return None
