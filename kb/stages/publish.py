"""Publish: database → a versioned folder that appears whole, and links that point at it."""

import shutil
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlmodel import Session

from kb.store.batches import Batch, read_batches
from kb.store.files import build_folder, point_link
from kb.store.in_force import read_unpublished
from kb.tables.base import Table

_KEPT_VERSIONS = 5


@dataclass(frozen=True)
class Export:
    """How an edition is collected, named and written; the exports package provides it.

    It is collected from whole tables, and from the ids of the rows to leave out.
    """

    file_name: str
    collect: Callable[
        [Callable[[type[Table]], Iterable[Batch]], Mapping[str, Collection[str]]], Any
    ]
    digest: Callable[[Any], str]
    write: Callable[[Path, Any, str], dict[str, Any]]


@dataclass(frozen=True)
class PublishReport:
    """The published edition, and whether it is new."""

    folder: Path
    file: Path
    is_new: bool


def publish_edition(session: Session, home: Path, export: Export) -> PublishReport:
    """Write an edition unless its content is published already; point `current` at it."""
    published = home / "published"
    unpublished = read_unpublished(session)
    content = export.collect(lambda table: read_batches(session, table), unpublished)
    digest = export.digest(content)
    folder = published / digest[:16]
    is_new = not (folder / "manifest.json").exists()
    if is_new:
        with build_folder(folder) as building:
            export.write(building, content, digest)
    point_link(published / "current", folder)
    file = home / "published.duckdb"
    point_link(file, published / "current" / export.file_name)
    _remove_old(published, folder)
    return PublishReport(folder, file, is_new)


def _remove_old(published: Path, current: Path) -> None:
    folders = [path for path in published.iterdir() if path.is_dir() and not path.is_symlink()]
    for path in folders:
        if path.name.startswith("."):
            shutil.rmtree(path, ignore_errors=True)
    editions = sorted(
        (path for path in folders if not path.name.startswith(".")),
        key=lambda path: path.stat().st_mtime,
        reverse=True,
    )
    for path in editions[_KEPT_VERSIONS:]:
        if path != current:
            shutil.rmtree(path, ignore_errors=True)
