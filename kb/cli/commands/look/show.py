"""`kb show`: one claim in full."""

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from kb.cli.console import OUTCOME_STYLES, as_plain_text, err, out, print_json
from kb.cli.options import JsonFlag
from kb.domain.errors import UserError
from kb.domain.in_force.corrections import WITHDRAWN, find_successor, group_notes, tell_note
from kb.domain.outcomes import BASIS_LABELS, OUTCOME_LABELS, Basis, Outcome
from kb.domain.speech import SPEECH_LABELS, Passing, SpeechKind
from kb.rules.wording import write_number
from kb.settings import load_settings
from kb.store.claims.corrections import read_corrections
from kb.store.claims.views import read_claim_views
from kb.store.database import open_session


def show(
    key: Annotated[
        str, typer.Argument(help="Id of a claim, or its number in the founding list, such as S01.")
    ],
    as_json: JsonFlag = False,
) -> None:
    """Show one claim in full: sightings, evidence, verdict, corrections.

    The id of a claim that was corrected leads to what stands in its place.

    Example: kb show S01
    """
    with open_session(load_settings().url) as session:
        views, corrections = read_claim_views(session), read_corrections(session)
    found = _find(views, key)
    if not found and (new_id := find_successor(key, corrections)) is not None:
        err.print(as_plain_text(f"{key} was corrected; this stands in its place:"))
        found = _find(views, new_id)
    if not found and (gone := [row for row in corrections if _is_withdrawn(row, key)]):
        _print_withdrawn(gone, as_json)
        return
    if not found:
        raise UserError(f"no claim {key!r}; `kb claims` lists them")
    if len(found) > 1:
        raise UserError(
            f"{key!r} fits {', '.join(view['id'] for view in found)}; give more of the id"
        )
    if as_json:
        print_json(found[0])
        return
    _print_claim(found[0])


def _find(views: list[dict[str, Any]], key: str) -> list[dict[str, Any]]:
    """The claim of an id or seed, else all whose id begins so."""
    exact = [view for view in views if key in (view["id"], view["seed"], *view["merged_from"])]
    is_part = key.startswith("clm_") and len(key) > len("clm_")
    return exact or [view for view in views if is_part and view["id"].startswith(key)]


def _is_withdrawn(correction: dict[str, Any], key: str) -> bool:
    return (correction["kind"], correction["old_id"]) == (WITHDRAWN, key)


def _print_withdrawn(corrections: list[dict[str, Any]], as_json: bool) -> None:
    if as_json:
        print_json({"id": corrections[0]["old_id"], "corrections": corrections})
    else:
        out.print(as_plain_text(tell_note(corrections[:1])))


def _print_claim(view: dict[str, Any]) -> None:
    _print_verdict(view)
    about = [row | {"about_id": view["id"]} for row in view["corrections"]]
    for note in group_notes(about):
        out.print(as_plain_text(tell_note(note)))
    out.print("\nSightings")
    for line in _list_sightings(view):
        out.print(as_plain_text(f"  {line}"))
    if view["merged_from"]:
        out.print(as_plain_text(f"  also includes {', '.join(view['merged_from'])}", "dim"))
    out.print("\nEvidence")
    for result in view["measurements"]:
        out.print(as_plain_text(f"  {_describe_result(result)}"))
    if not view["measurements"]:
        out.print("  none yet")


def _print_verdict(view: dict[str, Any]) -> None:
    style = OUTCOME_STYLES.get(view["outcome"] or "", "")
    label = OUTCOME_LABELS[Outcome(view["outcome"])][0] if view["outcome"] else "Not judged yet"
    out.print(as_plain_text(f"{view['subject']}: {view['claimed_text']}", "bold"))
    out.print(as_plain_text(f"{label}. {view['explanation'] or ''}", style))
    basis = BASIS_LABELS[Basis(view["basis"])] if view["basis"] else "no verdict"
    ground = SPEECH_LABELS[SpeechKind(view["said_as"])]
    who = view["question"] or view["said_by"]
    out.print(as_plain_text(f"{who} ({ground})", "dim"))
    out.print(as_plain_text(f"rule {view['rule']} · {basis} · {view['id']}", "dim"))
    for reply in view["vendor_replies"]:
        words = f"{reply['vendor']} replies ({reply['said_by']}): {reply['text']} — {reply['url']}"
        out.print(as_plain_text(words))
    if bearer := view["figure_of"]:
        words = f"The figure belongs to {bearer['name']} ({bearer['availability']})"
        out.print(as_plain_text(f"{words}: {bearer['reason']}"))


def _list_sightings(view: dict[str, Any]) -> Iterator[str]:
    for sighting in view["sightings"]:
        quote = f" “{sighting['quote']}”" if sighting["quote"] else ""
        yield f"{_name_speaker(sighting)}{quote} — {sighting['source_url']}"
    for change in view["changes"]:
        instead = f", which now says {change['replaced_by']}" if change["replaced_by"] else ""
        yield f"{change['fate']} at {change['source_url']}{instead} ({change['gone_id']})"


def _name_speaker(sighting: dict[str, Any]) -> str:
    """Who speaks there, whom they quote or report, and whether they dispute the claim."""
    words = str(sighting["said_by"])
    if sighting["attribution"]:
        verb = "quoting" if sighting["attribution"] == Passing.QUOTED else "reporting"
        words += f", {verb} {sighting['attributed_to']}"
    return f"{words} (disputing it)" if sighting["disputes"] else words


def _describe_result(result: dict[str, Any]) -> str:
    figure = result["text"] or write_number(result["value"])
    interval = ""
    if result["low"] is not None:
        interval = f" [{write_number(result['low'])}, {write_number(result['high'])}]"
    count = f", n={result['n']}" if result["n"] else ""
    tokens = result["conditions"].get("context_tokens")
    where = f" at {write_number(tokens)} tokens" if tokens else ""
    unit = f" {result['unit']}" if result["unit"] else ""
    by = result["source_url"] or BASIS_LABELS[Basis(result["basis"])]
    return f"{result['metric']}{where}: {figure}{interval}{unit}{count} — {by}"
