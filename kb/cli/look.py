"""Subcommands that show: claims, show, runs."""

from typing import Annotated, Any

import typer
from rich.table import Table

from kb.cli.base import JsonFlag
from kb.cli.console import OUTCOME_STYLES, as_plain_text, out, print_json
from kb.domain.claim_types import find_claim_type
from kb.domain.errors import UserError
from kb.domain.outcomes import BASIS_LABELS, OUTCOME_LABELS, Basis, Outcome
from kb.rules.wording import write_number
from kb.settings import Settings, load_settings
from kb.store.claims.views import read_claim_views
from kb.store.database import open_session
from kb.store.home.run_log import read_runs

_SHORT_ID = 11  # "clm_" and seven digits, enough to tell claims apart


def register(app: typer.Typer) -> None:
    """Add these subcommands."""
    app.command("claims")(claims)
    app.command("show")(show)
    app.command("runs")(runs)


def claims(
    vendor: Annotated[str | None, typer.Option(help="Only this vendor's.")] = None,
    outcome: Annotated[str | None, typer.Option(help="Only with this outcome.")] = None,
    claim_type: Annotated[str | None, typer.Option("--type", help="Only of this type.")] = None,
    model: Annotated[str | None, typer.Option(help="Only on models of such a name.")] = None,
    as_json: JsonFlag = False,
) -> None:
    """List claims: what was said, by whom, what was found, the verdict."""
    with open_session(load_settings().url) as session:
        views = read_claim_views(session)
    if claim_type is not None:
        _check_type(claim_type)
    wanted = [
        view
        for view in views
        if vendor in (None, view["vendor"])
        and outcome in (None, view["outcome"])
        and claim_type in (None, view["type"])
        and (model or "").lower() in f"{view['subject']} {view['model']}".lower()
    ]
    if as_json:
        print_json(wanted)
        return
    print_claims_table(wanted)


def _check_type(name: str) -> None:
    try:
        find_claim_type(name)
    except KeyError as error:
        raise UserError(str(error.args[0])) from None


def print_all_claims(settings: Settings) -> None:
    """Print the table of all claims."""
    with open_session(settings.url) as session:
        print_claims_table(read_claim_views(session))


def print_claims_table(views: list[dict[str, Any]]) -> None:
    """Print claims as a table: claim, who says it, claimed, measured, verdict."""
    table = Table(show_lines=False, expand=True, pad_edge=False)
    table.add_column("id", no_wrap=True, max_width=_SHORT_ID)
    table.add_column("claim", ratio=3)
    table.add_column("said by", ratio=2)
    table.add_column("claimed", ratio=3)
    table.add_column("measured", ratio=4)
    table.add_column("verdict", ratio=2, min_width=13)
    for view in views:
        style = OUTCOME_STYLES.get(view["outcome"] or "", "")
        label = OUTCOME_LABELS[Outcome(view["outcome"])][0] if view["outcome"] else "not judged"
        basis = BASIS_LABELS[Basis(view["basis"])] if view["basis"] else ""
        table.add_row(
            as_plain_text(view["seed"] or view["id"][:_SHORT_ID]),
            as_plain_text(f"{view['subject']} · {view['type']}"),
            as_plain_text(view["said_by"]),
            as_plain_text(view["claimed_text"]),
            as_plain_text(_found(view)),
            as_plain_text(
                f"{label} ({basis})" if view["basis"] not in (None, "none") else label, style
            ),
        )
    out.print(table)
    out.print(f"{len(views)} claims")


def _found(view: dict[str, Any]) -> str:
    figures = [
        f"{name.replace('_', ' ')} {_write(value)}"
        for name, value in view["numbers"].items()
        if name not in ("claimed", "gap")
    ]
    return " · ".join(figures[:5])


def _write(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(_write(each) for each in value)
    return write_number(value) if isinstance(value, int | float) else str(value)


def show(
    key: Annotated[str, typer.Argument(help="Id of a claim, or its seed number, like S01.")],
    as_json: JsonFlag = False,
) -> None:
    """Tell one claim whole: what was said and where, what was found, the verdict and why."""
    with open_session(load_settings().url) as session:
        views = read_claim_views(session)
    found = _find(views, key)
    if not found:
        raise UserError(f"no claim {key!r}; `kb claims` lists them")
    if len(found) > 1:
        raise UserError(f"{key!r} fits {', '.join(each['id'] for each in found)}; say more of it")
    if as_json:
        print_json(found[0])
        return
    _print_claim(found[0])


def _find(views: list[dict[str, Any]], key: str) -> list[dict[str, Any]]:
    """The claim of an id or seed, else all whose id begins so."""
    exact = [view for view in views if key in (view["id"], view["seed"], *view["merged_from"])]
    is_part = key.startswith("clm_") and len(key) > len("clm_")
    return exact or [view for view in views if is_part and view["id"].startswith(key)]


def _print_claim(view: dict[str, Any]) -> None:
    style = OUTCOME_STYLES.get(view["outcome"] or "", "")
    label = OUTCOME_LABELS[Outcome(view["outcome"])][0] if view["outcome"] else "Not judged yet"
    out.print(as_plain_text(f"{view['subject']}: {view['claimed_text']}", "bold"))
    out.print(as_plain_text(f"{label}. {view['explanation'] or ''}", style))
    out.print(as_plain_text(f"rule {view['rule']} · {view['basis']} · {view['id']}", "dim"))
    for reply in view["vendor_replies"]:
        words = f"{reply['vendor']} replies ({reply['said_by']}): {reply['text']} — {reply['url']}"
        out.print(as_plain_text(words))
    if bearer := view["figure_of"]:
        words = f"The figure is that of {bearer['name']} ({bearer['availability']})"
        out.print(as_plain_text(f"{words}: {bearer['reason']}"))
    out.print("\nSaid")
    for sighting in view["sightings"]:
        quote = f" “{sighting['quote']}”" if sighting["quote"] else ""
        out.print(as_plain_text(f"  {sighting['said_by']}{quote} — {sighting['source_url']}"))
    for change in view["changes"]:
        instead = f", which says {change['replaced_by']} instead" if change["replaced_by"] else ""
        words = f"  {change['fate']} at {change['source_url']}{instead} ({change['gone_id']})"
        out.print(as_plain_text(words))
    if view["merged_from"]:
        out.print(as_plain_text(f"  in other words: {', '.join(view['merged_from'])}", "dim"))
    out.print("\nFound")
    for result in view["measurements"]:
        out.print(as_plain_text(f"  {_result_line(result)}"))


def _result_line(result: dict[str, Any]) -> str:
    figure = result["text"] or write_number(result["value"])
    interval = ""
    if result["low"] is not None:
        interval = f" [{write_number(result['low'])}, {write_number(result['high'])}]"
    count = f", n={result['n']}" if result["n"] else ""
    at = result["conditions"].get("context_tokens")
    where = f" at {write_number(at)} tokens" if at else ""
    unit = f" {result['unit']}" if result["unit"] else ""
    by = result["source_url"] or BASIS_LABELS[Basis(result["basis"])]
    return f"{result['metric']}{where}: {figure}{interval}{unit}{count} — {by}"


def runs(as_json: JsonFlag = False) -> None:
    """List runs of long commands: when, how they ended, what they left out."""
    logs = read_runs(load_settings().runs)
    if as_json:
        print_json([vars(log) for log in logs])
        return
    table = Table("run", "status", "started", "finished", "done", "left out")
    for log in logs:
        done = ", ".join(f"{name} {value}" for name, value in log.done.items())
        table.add_row(
            log.id, log.status, log.started_at, log.finished_at or "",
            as_plain_text(done), as_plain_text("; ".join(log.left_out)),
        )  # fmt: skip
    out.print(table)
