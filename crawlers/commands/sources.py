"""`kb sources`: the declared sources, and when each was last read."""

from rich.table import Column, Table
from sqlmodel import Session, col, func, select

from crawlers.sources.source import list_sources
from crawlers.wanted.declaration import Declaration
from kb.cli.console import as_plain_text, out, print_json
from kb.cli.options import JsonFlag
from kb.settings import load_settings
from kb.store.database import open_session
from kb.tables import Snapshot

_HEADS = ("source", "publisher", "how often", "data licence", "snapshots", "last new")


def sources(as_json: JsonFlag = False) -> None:
    """List the declared sources and when each was last read."""
    with open_session(load_settings().url) as session:
        seen = _count_snapshots(session)
    rows = [
        _make_row(source.declaration, *seen.get(source.name, (0, None)))
        for source in list_sources()
    ]
    if as_json:
        print_json(rows)
    else:
        out.print(_make_table(rows))


def _count_snapshots(session: Session) -> dict[str | None, tuple[int, object]]:
    """How many snapshots each source has, and when the newest was taken."""
    query = (
        select(Snapshot.crawler, func.count(), func.max(col(Snapshot.fetched_at)))
        .where(col(Snapshot.crawler).is_not(None))
        .group_by(col(Snapshot.crawler))
    )
    return {name: (count, latest) for name, count, latest in session.exec(query)}


def _make_row(declaration: Declaration, snapshots: int, latest: object | None) -> dict[str, object]:
    return {
        "name": declaration.name,
        "title": declaration.title,
        "publisher": declaration.publisher,
        "cadence": declaration.cadence,
        "options": _list_options(declaration),
        "addresses": [*declaration.addresses, *(site.url for site in declaration.sites)],
        "data_license": declaration.data_license,
        "snapshots": snapshots,
        "last_new_snapshot_at": latest,
    }


def _list_options(declaration: Declaration) -> list[str]:
    """The options of `kb crawl` by which the source is asked."""
    listed = [f"--source {declaration.name}"] if declaration.is_listed else []
    return [*listed, declaration.option.flag] if declaration.option else listed


def _make_table(rows: list[dict[str, object]]) -> Table:
    table = Table(*(Column(head, overflow="fold") for head in _HEADS))
    for row in rows:
        latest = str(row["last_new_snapshot_at"] or "never")[:16]
        cells = (row["name"], row["publisher"], row["cadence"], row["data_license"])
        table.add_row(*(as_plain_text(str(cell)) for cell in cells), str(row["snapshots"]), latest)
        options = f"  kb crawl {' or '.join(row['options'])}"  # type: ignore[arg-type]
        for line in (options, *(f"  {address}" for address in row["addresses"])):  # type: ignore[attr-defined]
            table.add_row("", as_plain_text(line, "dim"))
    return table
