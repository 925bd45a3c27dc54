"""CSV that is safe to open in a spreadsheet: no cell is taken for a formula."""

import csv
from typing import IO

from kb.exports.edition_reader import EditionReader
from kb.exports.export_kinds import FileFormat
from kb.text.plain_text import as_csv_cell


def write(edition: EditionReader, out: IO[str]) -> None:
    """Write every claim, in the order of `claims_vs_reality`."""
    writer = csv.writer(out)
    for number, row in enumerate(edition.read("select * from claims_vs_reality order by claim_id")):
        if number == 0:
            writer.writerow(row)
        writer.writerow([as_csv_cell(value) for value in row.values()])


FORMAT = FileFormat("csv", "One claim per row, safe in a spreadsheet.", "claims.csv", write)
