"""Replay: WARC files → the archive and its rows, as if each record had been fetched on its date.

Records stand in any order, and a row must come after the one it follows. So a file is read twice:
once for addresses, dates and digests, from which each record's place in its chain follows; once
for the bytes.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlmodel import Session

from kb.domain.ids import make_content_id
from kb.store.archive.chains import ChainEntry, Place, plan_links
from kb.store.archive.origins import Fetched, Origin
from kb.store.archive.snapshots import ChainLink, make_snapshot
from kb.store.archive.warc_files import as_fetched, make_archive_name, parse_origin, store_snapshot
from kb.store.archive.warc_reading import DamagedWarcError, WarcRecord, read_warc
from kb.store.insert import insert_once
from kb.store.rows import make_source
from kb.tables import Snapshot, Source

_BATCH = 100


class LeftOutError(Exception):
    """A record is not for us; the message is the same for all records of its sort."""


@dataclass
class ReplayReport:
    """What came of replaying: records read, new snapshots, records left out, by reason."""

    documents: int = 0
    new_snapshots: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    failed: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Opened:
    """A record that can be used."""

    place: Place
    origin: Origin
    fetched: Fetched
    is_ours: bool

    def as_entry(self) -> ChainEntry:
        """Return what its place in a chain follows from."""
        fetched, origin = self.fetched, self.origin
        source_id = make_content_id("src", fetched.url)
        digest, previous = fetched.sha256, origin.previous_id
        return ChainEntry(self.place, source_id, digest, fetched.fetched_at, self.is_ours, previous)


ForeignReader = Callable[[WarcRecord], tuple[Origin, Fetched]]


def replay_files(
    session: Session,
    archive: Path,
    files: Sequence[Path],
    read_foreign: ForeignReader,
    max_bytes: int,
    on_document: Callable[[str], None] = lambda url: None,
) -> ReplayReport:
    """Bring the records of `files` into the archive; what is there already stays as it is.

    `read_foreign` opens records of other tools; it raises LeftOutError for one that is not for
    us, ValueError for one that is broken.
    """
    report = ReplayReport()
    entries = [answer.as_entry() for answer in _read(files, read_foreign, max_bytes, report)]
    report.documents = len(entries)
    links = plan_links(session, entries)
    rows = _Rows(session)
    for opened in _read(files, read_foreign, max_bytes, ReplayReport()):
        link = links.get(opened.place)
        if link is not None and link.sha256 == opened.fetched.sha256:
            rows.add(link, *_store(archive, link, opened))
        on_document(opened.fetched.url)
    rows.insert()
    report.new_snapshots = rows.inserted
    return report


def _read(
    files: Sequence[Path], read_foreign: ForeignReader, max_bytes: int, report: ReplayReport
) -> Iterator[Opened]:
    """Yield the usable records; tell of the others."""
    for number, path in enumerate(files):
        try:
            for position, record in enumerate(read_warc(path, max_bytes)):
                try:
                    yield _open((number, position), record, read_foreign)
                except LeftOutError as error:
                    report.left_out[str(error)] += 1
                except ValueError as error:
                    place = f"{path.name}, record {position + 1}: {record.url[:200]}"
                    report.failed[place] = _tell(error)
        except DamagedWarcError as error:
            report.failed[str(path)] = f"{error}; what stands before that was read"
        except OSError as error:
            report.failed[str(path)] = error.strerror or str(error)


def _tell(error: ValueError) -> str:
    lines = str(error).splitlines()
    return " ".join(lines[:3])[:300] if lines else type(error).__name__


def _open(place: Place, record: WarcRecord, read_foreign: ForeignReader) -> Opened:
    if record.problem is not None:
        raise ValueError(record.problem)
    origin = parse_origin(record)
    found, fetched = read_foreign(record) if origin is None else (origin, as_fetched(record))
    found.as_source(fetched.url, fetched.fetched_at.date())  # refuses what is no address
    return Opened(place, found, fetched, origin is not None)


def _store(archive: Path, link: ChainLink, opened: Opened) -> tuple[Source, Snapshot]:
    """Write the file; return its rows."""
    origin = opened.origin.model_copy(update={"previous_id": link.previous_id})
    there = store_snapshot(archive, make_archive_name(link.id), opened.fetched, origin)
    source = make_source(origin.as_source(there.url, there.fetched_at.date()))
    return source, make_snapshot(source, there, origin.by, link.previous_id)


class _Rows:
    """Inserts rows in batches, each after the one it follows."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.inserted = 0
        self._ready: list[tuple[Source, Snapshot]] = []
        self._added: set[str] = set()
        self._waiting: defaultdict[str, list[tuple[Source, Snapshot]]] = defaultdict(list)

    def add(self, link: ChainLink, source: Source, snapshot: Snapshot) -> None:
        """Take the rows of a link, and of those that waited for it."""
        previous = link.previous_id
        if previous is not None and not self._is_there(previous):
            self._waiting[previous].append((source, snapshot))
            return
        queue = [(source, snapshot)]
        while queue:
            rows = queue.pop()
            self._ready.append(rows)
            self._added.add(rows[1].id)
            queue += self._waiting.pop(rows[1].id, ())
        if len(self._ready) >= _BATCH:
            self.insert()

    def _is_there(self, snapshot_id: str) -> bool:
        return snapshot_id in self._added or self.session.get(Snapshot, snapshot_id) is not None

    def insert(self) -> None:
        """Insert what is ready and commit."""
        insert_once(self.session, (source for source, _ in self._ready))
        self.inserted += insert_once(self.session, (snapshot for _, snapshot in self._ready))
        self.session.commit()
        self._ready.clear()
