"""Sheets: a sample written out for a reader, as YAML or CSV, and read back when it is filled in."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import Field, ValidationError

from kb.domain.audits import AuditOutcome, FactPart
from kb.domain.drafts import Draft, Line, Prose
from kb.domain.ids import make_canonical_json
from kb.records.audits.drafts import AuditDraft, FactDraft, FactJudgement
from kb.records.audits.files import dump_yaml, make_audit_name
from kb.records.files import MAX_BYTES, Problem, RecordError, find_line, parse_draft
from kb.records.plain_errors import explain_error
from kb.text.plain_text import as_csv_cell

_OUTCOMES = ", ".join(outcome.value for outcome in AuditOutcome)
_PARTS = ", ".join(part.value for part in FactPart)
HELP = (
    f"Hold each fact against its source. judgement: {_OUTCOMES}. "
    f"parts, if something is wrong: {_PARTS}. note: what the source says instead."
)
_TOLD = ("fact", "place", "kind", "says", "source")
_ASKED = ("judgement", "parts", "note")


class SheetRow(Draft):
    """One fact of a sheet, with what the reader found."""

    fact: Line
    place: Line = ""
    kind: Line = ""
    says: Any = None
    source: Any = None
    source_words: Prose | None = None
    judgement: str | None = None
    parts: list[str] = Field(default_factory=list)
    note: Prose | None = None


class SheetDraft(Draft):
    """A sheet: which audit it belongs to, and its facts."""

    audit: Line
    facts: list[SheetRow]


@dataclass(frozen=True)
class Sheet:
    """A sheet that was read: its rows, each with the line on which it stands."""

    name: str
    audit: str
    rows: list[tuple[int, SheetRow]]


def render_sheet(audit: AuditDraft, words: Mapping[str, str], form: str) -> str:
    """Return a blank sheet; `words` gives each fact's source in its own words, as far as known."""
    rows = [_make_row(fact, words.get(fact.id)) for fact in audit.facts]
    return _render_csv(audit, rows) if form == "csv" else _render_yaml(audit, rows)


def _make_row(fact: FactDraft, words: str | None) -> dict[str, Any]:
    return {
        "fact": fact.id, "place": f"{fact.file}:{fact.line}", "kind": fact.kind,
        "says": fact.says, "source": fact.source, "source_words": words,
        "judgement": None, "parts": [], "note": None,
    }  # fmt: skip


def _render_yaml(audit: AuditDraft, rows: list[dict[str, Any]]) -> str:
    whole = {"audit": make_audit_name(audit), "facts": rows}
    return f"# {HELP}\n{dump_yaml(whole)}"


def _render_csv(audit: AuditDraft, rows: list[dict[str, Any]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["audit", *_TOLD, "source_words", *_ASKED])
    for row in rows:
        told = [row["fact"], row["place"], row["kind"], _flat(row["says"]), _flat(row["source"])]
        cells = [make_audit_name(audit), *told, row["source_words"], "", "", ""]
        writer.writerow([as_csv_cell(cell) for cell in cells])
    return out.getvalue()


def _flat(value: Any) -> str:
    return value if isinstance(value, str) else make_canonical_json(value)


def parse_sheet(data: bytes, name: str) -> Sheet:
    """Read a sheet; raise RecordError naming the line of what cannot be used."""
    return _parse_csv(data, name) if name.lower().endswith(".csv") else _parse_yaml(data, name)


def _parse_yaml(data: bytes, name: str) -> Sheet:
    draft, lines = parse_draft(data, name, SheetDraft)
    rows = [(find_line(lines, ("facts", i)), row) for i, row in enumerate(draft.facts)]
    return Sheet(name, draft.audit, rows)


def _parse_csv(data: bytes, name: str) -> Sheet:
    if len(data) > MAX_BYTES:
        raise RecordError([Problem(name, 1, f"larger than {MAX_BYTES:,} bytes; no sheet is")])
    try:
        reader = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
        if absent := {"audit", "fact", *_ASKED} - set(reader.fieldnames or ()):
            words = f"no column {', '.join(sorted(absent))}; keep the columns of the export"
            raise RecordError([Problem(name, 1, words)])
        rows, audits = [], set()
        for cells in reader:
            audits.add(cells["audit"])
            rows.append((reader.line_num, _parse_cells(cells, name, reader.line_num)))
    except (csv.Error, UnicodeDecodeError) as error:
        words = f"no CSV in UTF-8 ({error}); save the sheet as CSV UTF-8"
        raise RecordError([Problem(name, 1, words)]) from None
    if len(audits) != 1:
        raise RecordError([Problem(name, 2, "the column audit names one audit in every line")])
    return Sheet(name, audits.pop(), rows)


def _parse_cells(cells: dict[str | Any, str | Any], name: str, line: int) -> SheetRow:
    known = {key: value for key, value in cells.items() if key in SheetRow.model_fields and value}
    known["parts"] = [part for part in (cells["parts"] or "").replace(",", " ").split() if part]
    try:
        return SheetRow.model_validate(known)
    except ValidationError as error:
        raise RecordError(
            [
                Problem(name, line, f"{detail['loc'][0]}: {explain_error(detail)}")
                for detail in error.errors(include_url=False)
            ]
        ) from None


def make_judgements(
    sheet: Sheet, audit: AuditDraft, current: Iterable[str] | None, today: date
) -> list[FactJudgement]:
    """Return the judgements of a filled-in sheet.

    `current` are the ids of the facts that the records assert now; None does not ask. Raises
    RecordError with a problem for each line that cannot be taken.
    """
    facts = {fact.id: fact for fact in audit.facts}
    problems = _find_wrong_rows(sheet, audit, facts, None if current is None else set(current))
    made: list[FactJudgement] = []
    for line, row in sheet.rows:
        try:
            if row.judgement is not None:
                made.append(_make_judgement(row, today))
        except ValidationError as error:
            words = "; ".join(explain_error(detail) for detail in error.errors(include_url=False))
            problems.append(Problem(sheet.name, line, f"{row.fact}: {words}"))
    if problems:
        raise RecordError(sorted(problems))
    return made


def _make_judgement(row: SheetRow, today: date) -> FactJudgement:
    return FactJudgement.model_validate(
        {"fact": row.fact, "outcome": row.judgement, "parts": row.parts, "note": row.note,
         "judged_on": today}
    )  # fmt: skip


def _find_wrong_rows(
    sheet: Sheet, audit: AuditDraft, facts: Mapping[str, FactDraft], current: set[str] | None
) -> list[Problem]:
    if sheet.audit != make_audit_name(audit):
        words = f"a sheet of the audit {sheet.audit}, not of {make_audit_name(audit)}"
        return [Problem(sheet.name, 1, f"{words}; name its seed with --seed")]
    problems: list[Problem] = []
    seen: set[str] = set()
    for line, row in sheet.rows:
        problems += [
            Problem(sheet.name, line, f"{row.fact}: {words}")
            for words in _find_faults(row, facts, seen, current)
        ]
        seen.add(row.fact)
    missing = [fact_id for fact_id in facts if fact_id not in seen]
    if missing:
        words = f"{len(missing)} facts are missing, {missing[0]} first; export the sheet again"
        problems.append(Problem(sheet.name, 1, words))
    return problems


def _find_faults(
    row: SheetRow, facts: Mapping[str, FactDraft], seen: set[str], current: set[str] | None
) -> Iterable[str]:
    fact = facts.get(row.fact)
    if fact is None:
        yield "no such fact in this audit; export the sheet again and judge what it holds"
        return
    if row.fact in seen:
        yield "stands twice in the sheet; keep one"
    if _is_altered(row, fact):
        yield "what stands there was altered in the sheet; restore it from a new export"
    elif current is not None and row.fact not in current:
        place = f"{fact.file}:{fact.line}"
        yield (
            f"the record was changed since it was drawn ({place}); if you judged it as it is in "
            "the sheet, pass --as-drawn"
        )
    if row.judgement is None:
        yield f"no judgement; write one of {_OUTCOMES}"


def _is_altered(row: SheetRow, fact: FactDraft) -> bool:
    told = ((row.says, fact.says), (row.source, fact.source))
    return any(
        seen is not None and _flat(seen) not in (_flat(drawn), as_csv_cell(_flat(drawn)))
        for seen, drawn in told
    )
