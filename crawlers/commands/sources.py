"""The subcommand `kb sources`: which sources there are, and when each was last looked at."""

from typing import Annotated

import typer
from rich.table import Table
from sqlmodel import col, func, select

from crawlers.sources.declaration import Declaration, list_declarations
from kb.cli.console import as_plain_text, out, print_json
from kb.settings import load_settings
from kb.store.database import open_session
from kb.tables import Snapshot


def sources_command(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the sources: publisher, cadence, addresses, licence of the data, last look."""
    with open_session(load_settings().url) as session:
        query = (
            select(Snapshot.crawler, func.count(), func.max(col(Snapshot.fetched_at)))
            .where(col(Snapshot.crawler).is_not(None))
            .group_by(col(Snapshot.crawler))
        )
        seen = {name: (count, latest) for name, count, latest in session.exec(query)}
    rows = [_make_row(each, *seen.get(each.name, (0, None))) for each in list_declarations()]
    if as_json:
        print_json(rows)
        return
    table = Table("source", "publisher", "cadence", "licence of the data", "snapshots", "last new")
    for row in rows:
        latest = str(row["last_new_snapshot_at"] or "never")[:16]
        cells = (row["name"], row["publisher"], row["cadence"], row["data_license"])
        table.add_row(*(as_plain_text(str(cell)) for cell in cells), str(row["snapshots"]), latest)
        for address in row["addresses"]:  # type: ignore[attr-defined]
            table.add_row("", as_plain_text(f"  {address}", "dim"))
    out.print(table)


def _make_row(declaration: Declaration, snapshots: int, latest: object | None) -> dict[str, object]:
    sites = [site.url for site in declaration.sites]
    return {
        "name": declaration.name,
        "title": declaration.title,
        "publisher": declaration.publisher,
        "cadence": declaration.cadence,
        "addresses": [*declaration.addresses, *sites],
        "data_license": declaration.data_license,
        "snapshots": snapshots,
        "last_new_snapshot_at": latest,
    }
