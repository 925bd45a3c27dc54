"""Croissant 1.1: the published Parquet files, described for dataset search and loaders."""

import hashlib
import re
from typing import IO, Any

from kb.exports.edition_reader import EditionReader, Row
from kb.exports.export_kinds import ADDRESS, LICENSE, NAME, FileFormat, as_json
from kb.exports.partitions import PARTITIONS

_WIDTH = re.compile(r"FLOAT\[(\d+)\]")  # a vector of fixed length
_OWN = (
    "arrayShape", "citeAs", "column", "equivalentProperty", "extract", "field", "fileObject",
    "fileProperty", "fileSet", "format", "includes", "isArray", "isLiveDataset", "jsonPath", "key",
    "md5", "parentField",
    "path", "recordSet", "references", "regex", "repeated", "replace", "samplingRate",
    "separator", "source", "subField", "transform",
)  # fmt: skip
_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "rai": "http://mlcommons.org/croissant/RAI/",
    "sc": "https://schema.org/",
    **{name: f"cr:{name}" for name in _OWN},
}
_TYPES = {
    "BIGINT": "sc:Integer", "INTEGER": "sc:Integer", "DOUBLE": "sc:Float", "BOOLEAN": "sc:Boolean",
    "DATE": "sc:Date",
}  # fmt: skip


def write(edition: EditionReader, out: IO[str]) -> None:
    """Write the metadata of the edition's Parquet files, with their digests."""
    tables = list(edition.read_tables())
    columns: dict[str, list[Row]] = {}
    for row in edition.read_comments():
        columns.setdefault(row["table_name"], []).append(row)
    described = [table for table in tables if table["table_name"] in columns]
    document = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.1",
        "name": "as-claimed",
        "description": "What AI vendors claim about their models, and what was measured.",
        "url": ADDRESS,
        "license": LICENSE,
        "version": f"{edition.about['schema_version']}.0.0",
        "datePublished": edition.date,
        "creator": {"@type": "sc:Organization", "name": NAME, "url": ADDRESS},
        "citeAs": f"{NAME}, edition {edition.about['digest'][:16]}",
        "distribution": [_make_file(edition, table) for table in described],
        "recordSet": [_make_records(table, columns[table["table_name"]]) for table in described],
    }
    out.write(as_json(document, indent=1) + "\n")


def _make_file(edition: EditionReader, table: Row) -> dict[str, Any]:
    name = f"{table['table_name']}.parquet"
    if table["table_name"] in PARTITIONS:
        return {
            "@type": "cr:FileSet",
            "@id": name,
            "name": name,
            "encodingFormat": "application/x-parquet",
            "includes": f"parquet/{table['table_name']}/*/*.parquet",
        }
    with (edition.folder / "parquet" / name).open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {
        "@type": "cr:FileObject",
        "@id": name,
        "name": name,
        "contentUrl": f"parquet/{name}",
        "encodingFormat": "application/x-parquet",
        "sha256": digest,
    }


def _make_records(table: Row, columns: list[Row]) -> dict[str, Any]:
    name = table["table_name"]
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": table["comment"],
        "field": [_make_field(name, column) for column in columns],
    }


def _make_field(table: str, column: Row) -> dict[str, Any]:
    name, kind = column["column_name"], column["data_type"]
    kind_of_file = "fileSet" if table in PARTITIONS else "fileObject"
    data_type = "sc:DateTime" if kind.startswith("TIMESTAMP") else _TYPES.get(kind, "sc:Text")
    width = _WIDTH.fullmatch(kind)
    array = {"isArray": True, "arrayShape": width.group(1)} if width else {}
    return {
        "@type": "cr:Field",
        "@id": f"{table}/{name}",
        "name": name,
        "description": column["comment"],
        "dataType": "sc:Float" if width else data_type,
        **array,
        "source": {kind_of_file: {"@id": f"{table}.parquet"}, "extract": {"column": name}},
    }


FORMAT = FileFormat(
    "croissant", "The Parquet files, described as Croissant 1.1.", "croissant.json", write
)
