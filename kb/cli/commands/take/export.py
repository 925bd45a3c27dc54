"""`kb export`: the published edition in formats that other tools read."""

import inspect
import sys
from pathlib import Path
from typing import Annotated

import typer

from kb.cli.console import err
from kb.cli.typers import make_typer
from kb.domain.errors import UserError
from kb.exports.edition_reader import EditionReader, open_edition
from kb.exports.export_kinds import FileFormat, FolderFormat, Format
from kb.exports.registry import find_formats
from kb.settings import load_settings
from kb.store.files import build_folder

_LIST = "\n\n".join(f"{name}: {made.comment}" for name, made in find_formats().items())


app = make_typer()


def export(
    name: Annotated[str, typer.Option("--format", help="The format; see the list above.")],
    to: Annotated[
        Path | None, typer.Option(help="File or folder to write; - means standard output.")
    ] = None,
) -> None:
    """Write the published edition in another format.

    The same edition gives the same bytes.

    Example: kb export --format csv --to claims.csv
    """
    formats = find_formats()
    if name not in formats:
        raise UserError(f"no format {name!r}; choose from {', '.join(formats)}")
    with open_edition(load_settings().home / "published.duckdb") as edition:
        written = write_export(formats[name], edition, to)
    if written is not None:
        err.print(f"written: {written}")


app.command(help=f"{inspect.getdoc(export)}\n\nThe formats:\n\n{_LIST}")(export)


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
        raise UserError(f"{folder} exists already; choose another with --to, or remove it")
    with build_folder(folder) as building:
        chosen.write(edition, building)
    return folder
