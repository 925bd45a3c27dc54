"""The subcommand `kb export`: the published edition in other people's formats."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from kb.cli.console import err
from kb.domain.errors import UserError
from kb.exports.edition_reader import EditionReader, open_edition
from kb.exports.export_kinds import FileFormat, FolderFormat, Format
from kb.exports.registry import find_formats
from kb.settings import load_settings
from kb.store.files import build_folder

_LIST = "\n\n".join(f"{name}: {made.comment}" for name, made in find_formats().items())


def register(app: typer.Typer) -> None:
    """Add this subcommand."""
    app.command("export", help=f"{export.__doc__}\n\n{_LIST}")(export)


def export(
    name: Annotated[str, typer.Option("--format", help="Which format; the list is above.")],
    to: Annotated[
        Path | None, typer.Option(help="File or folder to write; - is standard output.")
    ] = None,
) -> None:
    """Write the published edition in another format; the same edition gives the same bytes."""
    formats = find_formats()
    if name not in formats:
        raise UserError(f"no format {name!r}; there are {', '.join(formats)}")
    with open_edition(load_settings().home / "published.duckdb") as edition:
        written = write_export(formats[name], edition, to)
    if written is not None:
        err.print(f"written: {written}")


def write_export(chosen: Format, edition: EditionReader, to: Path | None) -> Path | None:
    """Write to `to`, or under the format's own name; None when it went to standard output."""
    if isinstance(chosen, FolderFormat):
        return _write_folder(chosen, edition, to or Path(chosen.folder_name))
    if str(to) == "-":
        chosen.write(edition, sys.stdout)
        return None
    return _write_file(chosen, edition, to or Path(chosen.file_name))


def _write_file(chosen: FileFormat, edition: EditionReader, path: Path) -> Path:
    part = path.with_name(f".{path.name}.part")
    with part.open("w", encoding="utf-8", newline="") as out:
        chosen.write(edition, out)
    part.replace(path)
    return path


def _write_folder(chosen: FolderFormat, edition: EditionReader, folder: Path) -> Path:
    if folder.exists():
        raise UserError(f"{folder} is there already; name another with --to, or remove it")
    with build_folder(folder) as building:
        chosen.write(edition, building)
    return folder
