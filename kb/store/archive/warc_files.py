"""The snapshot archive: one WARC file a snapshot, named by the snapshot's id.

A record carries what its rows say besides the bytes (`Origin`, as JSON in a header of our own),
so that the archive alone gives the tables back.
"""

import hashlib
import io
import uuid
from collections.abc import Iterable
from datetime import UTC
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from kb.store.archive.origins import Fetched, Origin
from kb.store.archive.warc_reading import WarcRecord, read_records, read_warc
from kb.store.files import PendingFile, begin_files, write_group

PARTS = ".parts"
ORIGIN_HEADER = "As-Claimed-Origin"
_MAX_STORED = 1 << 30


def make_archive_name(snapshot_id: str) -> str:
    """Return the name of a snapshot's WARC file inside the archive folder."""
    return f"{snapshot_id[4:6]}/{snapshot_id}.warc.gz"


def store_snapshot(
    archive: Path, name: str, fetched: Fetched, origin: Origin | None = None
) -> Fetched:
    """Write `fetched` as a WARC record (ISO 28500); return it, or what was there already."""
    packed = pack_snapshot(NamesThere(archive), name, fetched, origin)
    if isinstance(packed, Fetched):
        return packed
    write_group([(archive / name, packed)], archive / PARTS)
    return fetched


class NamesThere:
    """The names in an archive, each folder as it was when it was first asked for.

    A run asks for every document; to look on the disk each time would take a tenth of the crawl.
    """

    def __init__(self, archive: Path) -> None:
        self.archive = archive
        self._folders: dict[str, frozenset[str]] = {}

    def __contains__(self, name: str) -> bool:
        folder, _, file = name.rpartition("/")
        if folder not in self._folders:
            try:
                self._folders[folder] = frozenset(
                    path.name for path in (self.archive / folder).iterdir()
                )
            except FileNotFoundError:
                self._folders[folder] = frozenset()
        return file in self._folders[folder]


def pack_snapshot(
    there: NamesThere, name: str, fetched: Fetched, origin: Origin | None = None
) -> bytes | Fetched:
    """Return the packed record for `begin_records`, or what is there already under its name.

    A file without a row is left by a crawl that was killed: the row then tells of that file.
    """
    if name in there:
        return as_fetched(_read_only_record(there.archive / name, name))
    return _make_warc(name, fetched, origin)


def begin_records(archive: Path, packed: Iterable[tuple[str, bytes]]) -> list[PendingFile]:
    """Write packed records, a file each, which have no names in the archive yet."""
    return begin_files(((archive / name, data) for name, data in packed), archive / PARTS)


def _make_warc(name: str, fetched: Fetched, origin: Origin | None) -> bytes:
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=True)
    http = None
    if fetched.http_status is not None:
        headers = list(fetched.headers.items())
        http = StatusAndHeaders(f"{fetched.http_status} ", headers, protocol="HTTP/1.1")
    record = writer.create_warc_record(
        fetched.url,
        "response" if http else "resource",
        payload=io.BytesIO(fetched.body),
        length=len(fetched.body),
        http_headers=http,
        warc_content_type="" if http else (fetched.media_type or "application/octet-stream"),
        warc_headers_dict=_make_warc_headers(name, fetched, origin),
    )
    writer.write_record(record)
    return buffer.getvalue()


def _make_warc_headers(name: str, fetched: Fetched, origin: Origin | None) -> dict[str, str]:
    headers = {
        "WARC-Date": fetched.fetched_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "WARC-Record-ID": f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}>",
        "WARC-Payload-Digest": f"sha256:{fetched.sha256}",
    }
    if origin is not None:
        headers[ORIGIN_HEADER] = origin.model_dump_json(exclude_none=True, ensure_ascii=True)
    return headers


def as_fetched(record: WarcRecord) -> Fetched:
    """Return what a record of ours holds; raise ValueError when it is damaged."""
    origin = parse_origin(record)
    stated = record.headers.get("warc-payload-digest")
    if stated != f"sha256:{hashlib.sha256(record.body).hexdigest()}":
        raise ValueError(f"{record.url}: the bytes no longer match their digest")
    headers = record.http_headers
    if record.http_status is None:
        headers = origin.headers if origin else {}
    return Fetched(
        record.url,
        record.body,
        record.date,
        record.http_status,
        headers,
        origin.served_from if origin else None,
    )


def parse_origin(record: WarcRecord) -> Origin | None:
    """Return the origin that a record of ours carries, None for a foreign one.

    Raises ValueError when it is there and wrong.
    """
    text = record.headers.get(ORIGIN_HEADER.lower())
    return None if text is None else Origin.model_validate_json(text)


def read_snapshot(archive: Path, name: str) -> bytes:
    """Return the body of a stored snapshot; raise FileNotFoundError or ValueError if broken."""
    return as_fetched(_read_only_record(archive / name, name)).body


def read_origin(archive: Path, name: str) -> Origin | None:
    """Return what a stored snapshot tells of its origin; raise as `read_snapshot` does."""
    return parse_origin(_read_only_record(archive / name, name))


def unpack_snapshot(packed: bytes, name: str, max_bytes: int) -> Fetched:
    """Return what a packed record holds; raise ValueError if it is damaged or too large."""
    for record in read_records(io.BytesIO(packed), name, max_bytes):
        if record.problem is not None:
            raise ValueError(f"{name}: {record.problem}")
        return as_fetched(record)
    raise ValueError(f"{name}: the file has no record")


def _read_only_record(path: Path, name: str) -> WarcRecord:
    for record in read_warc(path, _MAX_STORED):
        return record
    raise ValueError(f"{name}: the file has no record")
