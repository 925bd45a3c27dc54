"""`kb export-run`: measurements made here, as files that others can load."""

from pathlib import Path
from typing import Annotated

import typer
from sqlmodel import Session, col, select

from kb.cli.console import as_plain_text, err
from kb.domain.errors import UserError
from kb.records.run_files import SUFFIX, write_run
from kb.settings import load_settings
from kb.stages.measure import has_results, read_trials
from kb.store.database import open_session
from kb.store.files import write_atomically
from kb.store.run_rows import read_run
from kb.tables import Claim, Plan


def export_run(
    claim: Annotated[
        str,
        typer.Argument(
            help="The tested claim, by id or its number in the founding list, such as S01."
        ),
    ],
    folder: Annotated[
        Path, typer.Option(help="Folder for the files; `kb load` reads them with the records.")
    ] = Path("records/runs"),
    probe: Annotated[str | None, typer.Option(help="Only plans of this probe.")] = None,
) -> None:
    """Write the tests of a claim as files for others to load.

    There is one file per plan, with the machine, raw answers and results. `kb load` checks such
    files and loads them with the records; `kb replay` scores them again.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with open_session(load_settings().url) as session:
        plans = _read_plans(session, claim, probe)
        for plan in plans:
            path = folder / _name_file(session, plan)
            write_atomically(path, write_run(read_run(session, plan)).encode())
            err.print(as_plain_text(f"written: {path}"), soft_wrap=True)


def _read_plans(session: Session, key: str, probe: str | None) -> list[Plan]:
    chosen = select(Claim.id).where((col(Claim.id) == key) | (col(Claim.seed) == key.upper()))
    statement = select(Plan).where(col(Plan.claim_id).in_(chosen)).order_by(col(Plan.id))
    found = [
        plan
        for plan in session.exec(statement)
        if has_results(session, plan.id) and read_trials(session, plan.id)
    ]
    wanted = [plan for plan in found if probe in (None, plan.probe)]
    if not wanted:
        raise UserError(f"nothing was measured for {key}; run `kb verify --claim {key}`")
    return wanted


def _name_file(session: Session, plan: Plan) -> str:
    model = session.get_one(Claim, plan.claim_id).model_id.replace("/", "-")
    return f"{model}.{plan.probe}.{plan.id.removeprefix('pln_')}{SUFFIX}"
