"""Formats to export a published edition in. A new one is a file and a line here."""

from kb.exports.formats import (
    claim_review,
    croissant,
    data_package,
    eval_results,
    every_eval_ever,
    json_lines,
    provenance,
    spreadsheet,
)
from kb.exports.formats.kinds import Format

FORMATS: tuple[Format, ...] = (
    json_lines.FORMAT,
    spreadsheet.FORMAT,
    claim_review.FORMAT,
    every_eval_ever.FORMAT,
    eval_results.FORMAT,
    data_package.FORMAT,
    croissant.FORMAT,
    provenance.FORMAT,
)
