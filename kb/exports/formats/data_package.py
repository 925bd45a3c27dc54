"""Data Package v2: the tables as CSV with a description that programs read (datapackage.json)."""

import csv
import hashlib
from pathlib import Path
from typing import Any

from kb.exports.edition_reader import EditionReader, Row
from kb.exports.export_kinds import ADDRESS, LICENSE, NAME, FolderFormat, as_json, as_time

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_TYPES = {
    "BIGINT": "integer", "INTEGER": "integer", "DOUBLE": "number", "BOOLEAN": "boolean",
    "DATE": "date", "JSON": "string", "VARCHAR": "string",
}  # fmt: skip


def write(edition: EditionReader, folder: Path) -> None:
    """Write every table as CSV, and `datapackage.json` that tells columns and digests."""
    columns: dict[str, list[Row]] = {}
    for row in edition.read_comments():
        columns.setdefault(row["table_name"], []).append(row)
    resources = [
        _write_table(edition, folder, table, columns[table["table_name"]])
        for table in edition.read_tables()
        if table["table_name"] in columns
    ]
    package = {
        "$schema": _PROFILE,
        "name": "as-claimed",
        "id": edition.about["digest"],
        "title": NAME,
        "description": "What AI vendors claim about their models, and what was measured.",
        "homepage": ADDRESS,
        "version": str(edition.about["schema_version"]),
        "created": edition.date,
        "licenses": [{"name": "Apache-2.0", "path": LICENSE}],
        "resources": resources,
    }
    (folder / "datapackage.json").write_text(as_json(package, indent=1) + "\n", encoding="utf-8")


def _write_table(
    edition: EditionReader, folder: Path, table: Row, columns: list[Row]
) -> dict[str, Any]:
    name = table["table_name"]
    path = folder / f"{name}.csv"
    names = [column["column_name"] for column in columns]
    wanted = ", ".join(f'"{name}"' for name in names)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(names)
        for row in edition.read(f'select {wanted} from "{name}" order by 1, 2'):  # noqa: S608
            writer.writerow([_as_cell(value) for value in row.values()])
    with path.open("rb") as data:
        digest = hashlib.file_digest(data, "sha256").hexdigest()
    return {
        "name": name.replace("_", "-"),
        "path": path.name,
        "description": table["comment"],
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
        "schema": {"fields": [_make_field(column) for column in columns]},
    }


def _make_field(column: Row) -> dict[str, Any]:
    kind = column["data_type"]
    field = {"name": column["column_name"], "description": column["comment"]}
    if kind.startswith("TIMESTAMP"):
        return {**field, "type": "datetime", "format": "default"}
    if kind.endswith("]"):
        return {**field, "type": "array"}
    return {**field, "type": _TYPES.get(kind, "string")}


def _as_cell(value: object) -> object:
    if hasattr(value, "hour"):
        return as_time(value)  # type: ignore[arg-type]
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return as_json(value)
    return "" if value is None else value


FORMAT = FolderFormat(
    "datapackage", "Every table as CSV, described as a Data Package v2.", "datapackage", write
)
