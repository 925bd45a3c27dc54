"""The snapshot archive: one WARC file a snapshot, named by the snapshot's id."""

import hashlib
import io
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from kb.store.files import write_atomically


@dataclass(frozen=True)
class Fetched:
    """A document as it came: its address, bytes, and how it was served."""

    url: str
    body: bytes
    fetched_at: datetime
    http_status: int | None = None
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def sha256(self) -> str:
        """SHA-256 of the body."""
        return hashlib.sha256(self.body).hexdigest()

    @property
    def media_type(self) -> str | None:
        """Media type as served, without parameters."""
        served = self.headers.get("content-type", "")
        return served.split(";")[0].strip().lower() or None


def make_archive_name(snapshot_id: str) -> str:
    """Return the name of a snapshot's WARC file inside the archive folder."""
    return f"{snapshot_id[4:6]}/{snapshot_id}.warc.gz"


def store_snapshot(archive: Path, name: str, fetched: Fetched) -> None:
    """Write `fetched` as a WARC record (ISO 28500) unless it is there already."""
    path = archive / name
    if path.exists():
        return
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=True)
    stamp = fetched.fetched_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    warc_headers = {"WARC-Date": stamp, "WARC-Payload-Digest": f"sha256:{fetched.sha256}"}
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
        warc_headers_dict=warc_headers,
    )
    writer.write_record(record)
    write_atomically(path, buffer.getvalue())


def read_snapshot(archive: Path, name: str) -> bytes:
    """Return the body of a stored snapshot; raise FileNotFoundError or ValueError if broken."""
    with (archive / name).open("rb") as file:
        for record in ArchiveIterator(file):
            body: bytes = record.content_stream().read()
            stated = record.rec_headers.get_header("WARC-Payload-Digest")
            if stated != f"sha256:{hashlib.sha256(body).hexdigest()}":
                raise ValueError(f"{name}: the bytes no longer match their digest")
            return body
    raise ValueError(f"{name}: the file holds no record")
