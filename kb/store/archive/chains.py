"""Where records of the past belong: plan each one's place in the chain of its source."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from kb.store.archive.snapshots import ChainLink, find_newest, make_snapshot_id, read_links

Place = tuple[int, int]


@dataclass(frozen=True)
class ChainEntry:
    """A record's place in its file, and what its place in a chain follows from.

    A record of ours names its predecessor (or has none); others are placed by date alone.
    """

    place: Place
    source_id: str
    sha256: str
    fetched_at: datetime
    names_previous: bool
    previous_id: str | None


def plan_links(session: Session, entries: Iterable[ChainEntry]) -> dict[Place, ChainLink]:
    """Return the link that each new record will be, by place; known ones are left out."""
    by_source: defaultdict[str, list[ChainEntry]] = defaultdict(list)
    for entry in entries:
        by_source[entry.source_id].append(entry)
    known = read_links(session, by_source)
    planned: dict[Place, ChainLink] = {}
    for source_id, group in by_source.items():
        chain = _Chain({link.id: link for link in known[source_id]}, planned)
        ordered = sorted(group, key=lambda link: (link.fetched_at, link.place))
        chain.add_by_date(chain.add_named(ordered))
    return planned


class _Chain:
    """The links of one source, those planned included."""

    def __init__(self, links: dict[str, ChainLink], planned: dict[Place, ChainLink]) -> None:
        self.links = links
        self.planned = planned

    def add_named(self, entries: list[ChainEntry]) -> list[ChainEntry]:
        """Link records to the predecessor that they name; return those that have none here."""
        while True:
            left = [entry for entry in entries if not self._add_named(entry)]
            if len(left) == len(entries):
                return left
            entries = left

    def _add_named(self, entry: ChainEntry) -> bool:
        previous = entry.previous_id
        if not entry.names_previous or (previous is not None and previous not in self.links):
            return False
        self._add(entry, previous)
        return True

    def add_by_date(self, entries: list[ChainEntry]) -> None:
        """Link records to what was in force on their date; unchanged bytes add nothing."""
        seen = {(link.sha256, link.fetched_at) for link in self.links.values()}
        for entry in entries:
            newest = find_newest(self.links.values(), until=entry.fetched_at)
            is_same = newest is not None and newest.sha256 == entry.sha256
            if not is_same and (entry.sha256, entry.fetched_at) not in seen:
                self._add(entry, None if newest is None else newest.id)

    def _add(self, entry: ChainEntry, previous_id: str | None) -> None:
        snapshot_id = make_snapshot_id(entry.source_id, entry.sha256, previous_id)
        if snapshot_id not in self.links:
            link = ChainLink(
                snapshot_id, entry.source_id, previous_id, entry.sha256, entry.fetched_at
            )
            self.links[snapshot_id] = self.planned[entry.place] = link
