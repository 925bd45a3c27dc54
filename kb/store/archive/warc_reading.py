"""Read WARC files that anybody may have written: ours, joined ones, other tools', damaged ones.

The common library reads lines and records without bounds, so a small hostile file could fill
memory; here every length has an end. Its parser of header blocks is used on the bounded block.
"""

import base64
import gzip
import hashlib
import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from warcio.bufferedreaders import ChunkedDataReader
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParser

_MAX_LINE = 64 * 1024
_MAX_BLOCK = 512 * 1024
_MAX_SKIPPED = 1 << 32
_CHUNK = 1 << 20
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)? +(\d{3})")
_PARSER = StatusAndHeadersParser([], verify=False)


class DamagedWarcError(ValueError):
    """The file cannot be read on from here; what came before is good."""


@dataclass(frozen=True)
class WarcRecord:
    """One record: WARC headers, HTTP status and headers of a response, body without them.

    Names of headers are in lower case. `problem` says why the body is not to be used.
    """

    kind: str
    url: str
    date: datetime
    headers: dict[str, str]
    body: bytes
    http_status: int | None = None
    http_headers: dict[str, str] = field(default_factory=dict)
    problem: str | None = None


def read_warc(path: Path, max_bytes: int) -> Iterator[WarcRecord]:
    """Yield the response and resource records of a file, bodies up to `max_bytes`.

    Raises DamagedWarcError at the first place that cannot be read, OSError when there is none.
    """
    with path.open("rb") as file:
        yield from read_records(file, path.name, max_bytes)


def read_records(packed: IO[bytes], name: str, max_bytes: int) -> Iterator[WarcRecord]:
    """As `read_warc`, from a file that is open, gzipped or not."""
    is_gzip = packed.read(2) == b"\x1f\x8b"
    packed.seek(0)
    file: IO[bytes] = gzip.GzipFile(fileobj=packed) if is_gzip else packed  # type: ignore[assignment]
    try:
        while (headers := _read_headers(file)) is not None:
            yield from _read_record(file, headers, max_bytes)
    except (EOFError, zlib.error, gzip.BadGzipFile, DamagedWarcError) as error:
        raise DamagedWarcError(f"{name}: {error}") from None


def _read_headers(file: IO[bytes]) -> dict[str, str] | None:
    """Return the headers of the next record, None at the end."""
    line = file.readline(_MAX_LINE)
    while line in (b"\r\n", b"\n"):
        line = file.readline(_MAX_LINE)
    if not line:
        return None
    if not line.startswith(b"WARC/"):
        raise DamagedWarcError("no WARC record where one should begin")
    return _as_dict(_PARSER.parse(io.BytesIO(line + _read_block(file))))


def _read_block(file: IO[bytes]) -> bytes:
    """Read up to an empty line, included."""
    lines: list[bytes] = []
    size = 0
    while size < _MAX_BLOCK:
        line = file.readline(_MAX_LINE)
        if not line:
            raise DamagedWarcError("the file ends in the middle of a header")
        lines.append(line)
        size += len(line)
        if line in (b"\r\n", b"\n"):
            return b"".join(lines)
    raise DamagedWarcError("a header without end")


def _as_dict(parsed: StatusAndHeaders) -> dict[str, str]:
    return {name.strip().lower(): value.strip() for name, value in parsed.headers}


def _read_record(file: IO[bytes], headers: dict[str, str], max_bytes: int) -> Iterator[WarcRecord]:
    length = headers.get("content-length", "")
    if not re.fullmatch(r"\d{1,15}", length) or int(length) > _MAX_SKIPPED:
        raise DamagedWarcError(f"a record's length is {length[:40]!r}")
    block = _read_body(file, int(length), max_bytes + _MAX_BLOCK)
    kind = headers.get("warc-type", "").lower()
    if kind in ("response", "resource"):
        yield _make_record(kind, headers, block, int(length), max_bytes)


def _read_body(file: IO[bytes], length: int, most: int) -> bytes:
    """Read a body whole, or nothing of it when it is longer than `most`."""
    kept: list[bytes] = []
    left = length
    while left:
        chunk = file.read(min(left, _CHUNK))
        if not chunk:
            raise DamagedWarcError("the file ends in the middle of a record")
        left -= len(chunk)
        if length <= most:
            kept.append(chunk)
    return b"".join(kept)


def _make_record(
    kind: str, headers: dict[str, str], block: bytes, length: int, max_bytes: int
) -> WarcRecord:
    url = headers.get("warc-target-uri", "").strip("<>")
    when = _parse_date(headers.get("warc-date", ""))
    problem = None if when else "its date is missing or wrong"
    if length != len(block):
        problem = f"{length:,} bytes; at most {max_bytes:,} are read"
    elif not _is_intact(headers.get("warc-block-digest"), block):
        problem = "the bytes no longer match their digest"
    status: int | None = None
    http_headers: dict[str, str] = {}
    body = block
    if problem is None and kind == "response":
        try:
            status, http_headers, body = _split_http(block)
        except DamagedWarcError as error:
            problem = str(error)
    when = when or datetime.fromtimestamp(0, UTC)
    return WarcRecord(kind, url, when, headers, body, status, http_headers, problem)


def _split_http(block: bytes) -> tuple[int, dict[str, str], bytes]:
    stream = io.BytesIO(block)
    match = _STATUS.match(block)
    if match is None:
        raise DamagedWarcError("a response without HTTP headers")
    headers = _as_dict(_PARSER.parse(io.BytesIO(_read_block(stream))))
    body = stream.read()
    if headers.pop("transfer-encoding", "").lower() == "chunked":
        body = ChunkedDataReader(io.BytesIO(body)).read()
    return int(match[1]), headers, body


def _is_intact(stated: str | None, block: bytes) -> bool:
    """Whether a block has its stated digest; only the usual SHA-1 in Base32 is checked."""
    if stated is None or not re.fullmatch(r"sha1:[A-Z2-7]{32}", stated):
        return True
    return (
        base64.b32encode(hashlib.sha1(block, usedforsecurity=False).digest()).decode() == stated[5:]
    )


def _parse_date(text: str) -> datetime | None:
    """Return an ISO 8601 time with its zone, to the second; None when it is none."""
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return None
    return when.astimezone(UTC).replace(microsecond=0) if when.tzinfo else None
