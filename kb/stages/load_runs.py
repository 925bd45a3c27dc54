"""Load run files: plans that were carried out elsewhere, with every raw answer."""

from pathlib import Path

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from kb.domain.errors import UserError
from kb.records.run_files import SUFFIX, RunFile, parse_run
from kb.store.insert import insert_once
from kb.store.run_rows import make_run_rows


def read_runs(folder: Path) -> list[RunFile]:
    """Parse and check every run file under `folder`, or `folder` itself if it is one.

    Raises UserError for the first that does not hold together.
    """
    paths = [folder] if folder.is_file() else sorted(folder.rglob(f"*{SUFFIX}"))
    return [parse_run(path.read_bytes(), str(path)) for path in paths if path.name.endswith(SUFFIX)]


def load_runs(session: Session, runs: list[RunFile]) -> int:
    """Insert what the runs hold and commit; return how many rows are new."""
    added = 0
    for run in runs:
        rows = make_run_rows(run)
        try:
            added += insert_once(session, rows)
        except IntegrityError as error:
            session.rollback()
            raise UserError(
                f"{run.name}: a row refers to one that is missing: {error.orig}"
            ) from None
    session.commit()
    return added
