"""Write one export format, and say where."""

from pathlib import Path
from types import ModuleType

from kb.cli.commands.take.export import write_export
from kb.exports import formats
from kb.exports.edition_reader import open_edition
from kb.exports.export_kinds import FolderFormat
from kb.exports.registry import find_formats


def write_format(name: str, file: Path, folder: Path, package: ModuleType = formats) -> Path:
    """Write the format called `name` from the edition in `file`; return what was written."""
    made = find_formats(package)[name]
    path = folder / (made.folder_name if isinstance(made, FolderFormat) else made.file_name)
    with open_edition(file) as edition:
        write_export(made, edition, path)
    return path
