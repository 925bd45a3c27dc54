"""Load: contributed record files → sources, models, releases, claims, reported results."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from sqlmodel import Session

from kb.domain.errors import UserError
from kb.domain.names import make_name_key
from kb.linking.told import count_outdated
from kb.records.audits.checks import check_audits
from kb.records.audits.facts import list_facts
from kb.records.audits.files import is_audit
from kb.records.checks import check_records
from kb.records.files import MAX_BYTES, Problem, RecordError, RecordFile, Severity, parse_record
from kb.records.lint import lint_records
from kb.store.asserting import put_rows
from kb.store.audit_files import read_audits
from kb.store.record_rows import find_model_id, make_record_rows
from kb.store.revising.revisions import Revisions, count_out_of_force, expire_readings
from kb.store.revising.unnoted import Before, Unnoted, read_before
from kb.tables import TABLES, Source
from kb.tables.base import Table

Made = tuple[RecordFile, list[Table]]  # a record, and the rows that it yields


@dataclass(frozen=True)
class LoadReport:
    """How many files were read, how many rows were new, how many went out of force.

    `runs` and `audits` count what was loaded beside them; `unnoted` are changes of what was
    published for which the records give no reason; `outdated` counts the archived documents that
    are to be read again; `elsewhere` names the files on record that were not among these.
    """

    files: int
    claims: int
    results: int
    new_rows: int
    superseded: int
    runs: int = 0
    audits: int = 0
    unnoted: tuple[Problem, ...] = ()
    outdated: int = 0
    elsewhere: tuple[str, ...] = ()


def read_records(folder: Path) -> list[RecordFile]:
    """Return the records under `folder`, or in `folder` itself if it is a file.

    Raises RecordError with all that is surely wrong; UserError when there is no record.
    """
    records, problems = check_folder(folder, datetime.now(UTC).date())
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if errors:
        raise RecordError(errors)
    return records


def check_folder(folder: Path, today: date) -> tuple[list[RecordFile], list[Problem]]:
    """Return the records that can be read, and all problems of every `*.yaml` under `folder`.

    Audits among them are checked too. Raises UserError when there is no record.
    """
    found = [folder] if folder.is_file() else sorted(folder.rglob("*.yaml"))
    paths = [path for path in found if not is_audit(path)]
    if not paths:
        raise UserError(f"no record (*.yaml) in {folder}; name the folder that holds them")
    problems: list[Problem] = []
    records: list[RecordFile] = []
    for path in paths:
        try:
            records.append(_read_record(path))
        except RecordError as error:
            problems += error.problems
    problems += check_records(records)
    problems += lint_records(records, today)
    audits, unread = read_audits(folder)
    problems += [*unread, *check_audits(audits, list_facts(records))]
    return records, sorted(problems)


def _read_record(path: Path) -> RecordFile:
    try:
        if not path.is_file():
            raise OSError("it is not a regular file")
        size = path.stat().st_size
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        why = f"cannot be read: {error.strerror or error}"
        raise RecordError([Problem(str(path), 1, why)]) from None
    if len(data) > MAX_BYTES:
        message = f"the file is too large ({size:,} bytes; a record has at most {MAX_BYTES:,})"
        raise RecordError([Problem(str(path), 1, f"{message}; split it by model")])
    return parse_record(data, str(path))


def load_records(
    session: Session, records: list[RecordFile], retire: Iterable[str] = ()
) -> LoadReport:
    """Insert what the records say, bring up to date what they said before, and commit.

    A record that differs from the version in force supersedes it. What a crawl saw first takes
    what the record says of it. `retire` names files on record that are gone and say nothing now;
    raises UserError for one that is not.
    """
    model_ids = {
        make_name_key(name): find_model_id(record.draft)
        for record in records
        for name in (record.draft.model.name, *record.draft.model.aliases)
    }
    by_record = [(record, list(make_record_rows(record, model_ids))) for record in records]
    rows = [row for _, made in by_record for row in made]
    rows.sort(key=lambda row: TABLES.index(type(row)))  # parents first
    names = {record.file_name for record in records}
    revisions = Revisions(session, names)
    before = _read_before(revisions, by_record)
    added = put_rows(session, _merge_sources(revisions, rows))
    dropped = _revise(revisions, by_record).union(*map(revisions.retire, retire))
    expire_readings(session, dropped)
    superseded = count_out_of_force(session, dropped)
    session.commit()
    claims = sum(len(record.draft.claims) for record in records)
    results = sum(len(record.draft.results) for record in records)
    unnoted = tuple(_find_unnoted(by_record, before))
    counts = (len(records), claims, results, added, superseded)
    elsewhere = tuple(Revisions(session, names).list_elsewhere())
    return LoadReport(
        *counts, unnoted=unnoted, outdated=count_outdated(session), elsewhere=elsewhere
    )


def _read_before(revisions: Revisions, by_record: list[Made]) -> dict[str, Before]:
    """What the versions in force say of records that differ from them, by file."""
    found = {}
    for record, rows in by_record:
        before = revisions.find_before(record.file_name, find_model_id(record.draft))
        if before is not None and not revisions.is_same(before, record, rows):
            found[record.name] = read_before(revisions.session, before)
    return found


def _find_unnoted(by_record: list[Made], before: dict[str, Before]) -> Iterator[Problem]:
    kept = {row.id for _, rows in by_record for row in rows}  # type: ignore[attr-defined]
    for record, rows in by_record:
        if record.name in before:
            yield from Unnoted(record, before[record.name], rows, kept).find()


def _revise(revisions: Revisions, by_record: list[Made]) -> set[str]:
    """Insert the versions that are new; return the ids of rows that no version asserts any more."""
    dropped: set[str] = set()
    asserted: set[str] = set()
    for record, rows in by_record:
        before = revisions.find_before(record.file_name, find_model_id(record.draft))
        dropped |= revisions.revise(record, rows, before)
        asserted |= {row.id for row in rows}  # type: ignore[attr-defined]
    return dropped - asserted


def _merge_sources(revisions: Revisions, rows: list[Table]) -> list[Table]:
    """Rows with each source once: what one record leaves open another may tell.

    A record that is not at hand now may tell it too; what a crawl alone told does not count.
    """
    merged: dict[str, Source] = {}
    for row in rows:
        if isinstance(row, Source):
            known = merged.setdefault(row.id, row)
            _fill(known, row)
    for source_id in revisions.list_told_elsewhere(merged):
        _fill(merged[source_id], revisions.session.get_one(Source, source_id))
    return [*merged.values(), *(row for row in rows if not isinstance(row, Source))]


def _fill(row: Source, other: Source) -> None:
    for name, value in other.model_dump().items():
        if getattr(row, name) is None:
            setattr(row, name, value)
