"""The rows of a run: read with all they stand on, and made again from a run file."""

from typing import Any

from pydantic import ValidationError
from sqlmodel import Session, col, select

from kb.domain.errors import UserError
from kb.records.run_files import TABLE_NAMES, Rows, RunFile
from kb.store.insert import make_row
from kb.tables import (
    TABLES,
    Claim,
    Environment,
    Measurement,
    Model,
    Plan,
    Release,
    Source,
    Trial,
)
from kb.tables.base import Table, get_columns, get_name

# What older files hold and no table does any more: sightings tell who made a claim.
_GONE = frozenset({("claim", "said_by")})
_BY_NAME = {get_name(table): table for table in TABLES}


def read_run(session: Session, plan: Plan) -> Rows:
    """Return the plan, its answers and results, and every row these stand on, as plain values."""
    trials = session.exec(select(Trial).where(col(Trial.plan_id) == plan.id)).all()
    results = session.exec(select(Measurement).where(col(Measurement.plan_id) == plan.id)).all()
    claim, release = (
        session.get_one(Claim, plan.claim_id),
        session.get_one(Release, plan.release_id),
    )
    environment_ids = {trial.environment_id for trial in trials}
    environment_ids |= {result.environment_id for result in results if result.environment_id}
    environments = select(Environment).where(col(Environment.id).in_(environment_ids))
    models = _read_models(session, {claim.model_id, release.model_id})
    source_ids = {release.source_id, *(model.availability_source_id for model in models)}
    sources = select(Source).where(col(Source.id).in_(source_ids))
    rows: list[Table] = [
        *session.exec(sources), *models, release, claim, plan, *session.exec(environments),
        *trials, *results,
    ]  # fmt: skip
    found: Rows = {name: [] for name in TABLE_NAMES}
    for row in rows:
        found[get_name(type(row))].append(row.model_dump(mode="json"))
    return found


def _read_models(session: Session, ids: set[str]) -> list[Model]:
    """Models with those they are variants of, parents first."""
    found: dict[str, Model] = {}
    for model_id in sorted(ids):
        line = []
        following: str | None = model_id
        while following is not None:
            line.append(session.get_one(Model, following))
            following = line[-1].variant_of
        found |= {model.id: model for model in reversed(line)}
    return list(found.values())


def make_run_rows(run: RunFile) -> list[Table]:
    """Return the rows of a run file, validated; raise UserError naming the row that is wrong."""
    return [
        make_named_row(run.name, table, number, row)
        for table in TABLE_NAMES
        for number, row in enumerate(run.rows[table])
    ]


def make_named_row(name: str, table: str, number: int, row: dict[str, Any]) -> Table:
    """Return the row of a table by its name; raise UserError naming the place that is wrong."""
    kind = _BY_NAME.get(table)
    if kind is None:
        raise UserError(f"{name}: there is no table {table}")
    row = {column: cell for column, cell in row.items() if (table, column) not in _GONE}
    known = {column.name for column in get_columns(kind)}
    if unknown := set(row) - known:
        raise UserError(f"{name}: {table} {number}: no column {', '.join(sorted(unknown))}")
    try:
        return make_row(kind, **row)
    except (ValidationError, ValueError) as error:
        first = str(error).splitlines()
        raise UserError(f"{name}: {table} {number}: {' '.join(first[:3])}") from None
