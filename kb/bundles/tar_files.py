"""A strict tar.gz: plain files under one folder, the same bytes for the same content.

Only what `pack_files` writes is read (POSIX ustar, IEEE 1003.1, "ustar Interchange Format"): no
links, no devices, no extended headers, no names that lead out of the folder. The common library
reads extended headers whole, whatever their length, so a small hostile file could fill memory;
here every length has an end before anything is read.
"""

import gzip
import io
import re
import zlib
from collections.abc import Mapping
from typing import IO, Protocol

from kb.domain.errors import UserError

MAX_PACKED_BYTES = 128 << 20
MAX_FILE_BYTES = 32 << 20
MAX_TOTAL_BYTES = 96 << 20
MAX_FILES = 2000
_BLOCK = 512
_NAME_BYTES = 100
_PART = r"[A-Za-z0-9_][A-Za-z0-9._-]*"
_NAME = re.compile(rf"{_PART}(?:/{_PART})*")
_MAGIC = b"ustar\x0000"
_OCTAL = re.compile(rb"[0-7]+")


class Readable(Protocol):
    """Something that gives bytes."""

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes; fewer at the end only."""


class ArchiveError(UserError):
    """The archive is not one of ours, or was damaged; nothing of it is used."""


def pack_files(folder: str, files: Mapping[str, bytes]) -> bytes:
    """Return a tar.gz of `files` under `folder`: sorted names, no times, no owners."""
    total = sum(map(len, files.values()))
    if total > MAX_TOTAL_BYTES or len(files) > MAX_FILES:
        raise UserError(
            f"a bundle holds at most {MAX_FILES:,} files and {MAX_TOTAL_BYTES:,} bytes, not "
            f"{len(files):,} and {total:,}"
        )
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", fileobj=buffer, mode="wb", compresslevel=9, mtime=0) as out:
        for name in sorted(files):
            out.write(_make_header(f"{folder}/{name}", len(files[name])))
            out.write(files[name] + bytes(-len(files[name]) % _BLOCK))
        out.write(bytes(2 * _BLOCK))
    return buffer.getvalue()


def _make_header(name: str, size: int) -> bytes:
    encoded = name.encode("ascii")
    if len(encoded) > _NAME_BYTES or not _NAME.fullmatch(name) or size > MAX_FILE_BYTES:
        raise UserError(f"{name}: {size:,} bytes cannot stand in a bundle under this name")
    fields = (
        encoded.ljust(_NAME_BYTES, b"\0"), b"0000644\0", b"0000000\0", b"0000000\0",
        b"%011o\0" % size, b"00000000000\0", b" " * 8, b"0", bytes(100), _MAGIC,
    )  # fmt: skip
    header = b"".join(fields).ljust(_BLOCK, b"\0")
    return header[:148] + b"%06o\0 " % sum(header) + header[156:]


def read_files(file: IO[bytes], name: str) -> tuple[str, dict[str, bytes]]:
    """Return the folder and the files of an archive, in memory of at most MAX_TOTAL_BYTES.

    Raises ArchiveError, naming archive and place, for what `pack_files` would not have written.
    """
    try:
        with gzip.GzipFile(fileobj=file, mode="rb") as unpacked:
            return _read_all(unpacked)
    except (OSError, EOFError, zlib.error) as error:
        raise ArchiveError(f"{name}: no whole tar.gz: {error}") from None
    except ArchiveError as error:
        raise ArchiveError(f"{name}: {error}") from None


def _read_all(unpacked: Readable) -> tuple[str, dict[str, bytes]]:
    folders: set[str] = set()
    files: dict[str, bytes] = {}
    left = MAX_TOTAL_BYTES
    while any(header := _read_exactly(unpacked, _BLOCK)):
        path, size = _parse_header(header)
        folder, _, inner = path.partition("/")
        folders.add(folder)
        if not inner or inner in files or len(folders) > 1:
            raise ArchiveError(f"{path}: stands twice, or outside of the bundle's one folder")
        left -= size
        if left < 0 or len(files) >= MAX_FILES:
            raise ArchiveError(
                f"holds more than {MAX_TOTAL_BYTES:,} bytes or {MAX_FILES:,} files, unpacked"
            )
        files[inner] = _read_exactly(unpacked, size)
        _read_exactly(unpacked, -size % _BLOCK)
    _check_end(unpacked)
    if not files:
        raise ArchiveError("holds no file")
    return folders.pop(), files


def _read_exactly(unpacked: Readable, size: int) -> bytes:
    data = unpacked.read(size)
    if len(data) < size:
        raise ArchiveError("ends in the middle; it was cut off")
    return data


def _check_end(unpacked: Readable) -> None:
    """One more empty block, and nothing after it."""
    if any(_read_exactly(unpacked, _BLOCK)) or unpacked.read(1):
        raise ArchiveError("holds something after its end")


def _parse_header(header: bytes) -> tuple[str, int]:
    stated = header[148:154]
    summed = sum(header[:148]) + 8 * ord(" ") + sum(header[156:])
    if header[257:265] != _MAGIC or not _OCTAL.fullmatch(stated) or int(stated, 8) != summed:
        raise ArchiveError("holds something else than ustar headers; it is no bundle, or damaged")
    raw = header[:_NAME_BYTES].rstrip(b"\0")
    name = raw.decode("ascii", "replace")
    if header[156:157] != b"0" or any(header[345:500]) or not _NAME.fullmatch(name):
        shown = name.encode("unicode_escape").decode()
        raise ArchiveError(f"{shown!r}: only plain files under plain names belong into a bundle")
    digits = header[124:135]
    if not _OCTAL.fullmatch(digits) or int(digits, 8) > MAX_FILE_BYTES:
        raise ArchiveError(f"{name}: a file in a bundle has at most {MAX_FILE_BYTES:,} bytes")
    return name, int(digits, 8)
