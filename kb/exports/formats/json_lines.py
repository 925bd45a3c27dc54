"""JSON Lines: one claim per line, with its verdict and what was found."""

from typing import IO

from kb.exports.edition_reader import EditionReader
from kb.exports.export_kinds import FileFormat, as_json


def write(edition: EditionReader, out: IO[str]) -> None:
    """Write every claim, in the order of `claims_vs_reality`."""
    for row in edition.read("select * from claims_vs_reality order by claim_id"):
        out.write(as_json(row) + "\n")


FORMAT = FileFormat("jsonl", "One claim per line, as JSON.", "claims.jsonl", write)
