"""What an export is: a name, words for people, and a function that writes it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO, Any

from kb.exports.edition_reader import EditionReader

ADDRESS = "https://github.com/as-claimed/as-claimed"
NAME = "As Claimed"
LICENSE = "https://www.apache.org/licenses/LICENSE-2.0"


@dataclass(frozen=True)
class FileFormat:
    """An export that is one text file."""

    name: str
    comment: str
    file_name: str
    write: Callable[[EditionReader, IO[str]], None]


@dataclass(frozen=True)
class FolderFormat:
    """An export that is a folder of files."""

    name: str
    comment: str
    folder_name: str
    write: Callable[[EditionReader, Path], None]


Format = FileFormat | FolderFormat


def as_json(value: Any, indent: int | None = None) -> str:
    """Return JSON that is the same for the same value; times are UTC in ISO 8601."""
    return json.dumps(value, ensure_ascii=False, indent=indent, default=_as_plain, allow_nan=False)


def _as_plain(value: object) -> str:
    if isinstance(value, datetime):
        return as_time(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def as_time(value: datetime) -> str:
    """Return a time in UTC, ISO 8601 with Z; one without a zone is UTC already."""
    aware = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    return aware.isoformat().replace("+00:00", "Z")


def drop_empty(value: dict[str, Any]) -> dict[str, Any]:
    """Return what is known: no key without a value."""
    return {key: held for key, held in value.items() if held not in (None, [], {}, "")}
