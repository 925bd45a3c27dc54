"""What an audit found, for the terminal."""

from typing import Any

from rich.table import Table

from kb.cli.console import as_plain_text, err, out
from kb.text.counting import count_things

_COUNTED = ("right", "wrong", "not_in_source", "could_not_check")


def print_audit(view: dict[str, Any]) -> None:
    """Print shares with intervals, agreement, findings and corrections."""
    drawn = f"{view['sample']} of {view['drawn_from']} facts, seed {view['seed']}"
    out.print(as_plain_text(f"Audit of {view['day']}: {drawn}", "bold"))
    for reader, facts in view["unfinished"].items():
        words = f"{reader} has judged {facts} of {view['sample']} and is not counted yet"
        err.print(as_plain_text(words, "yellow"), soft_wrap=True)
    if view["overall"] is None:
        err.print("no reader has judged the whole sample yet")
        return
    out.print(_make_table(view))
    if len(view["readers"]) > 1:
        words = "All: a fact counts as right if no reader found fault with it."
        out.print(as_plain_text(words, "dim"))
    for agreement in view["agreement"]:
        out.print(as_plain_text(_tell_agreement(agreement)), soft_wrap=True)
    _print_found(view)


def _make_table(view: dict[str, Any]) -> Table:
    names = [name.replace("_", " ") for name in _COUNTED]
    table = Table("reader", "facts", *names, "wrong speaker", "share right", "95% interval")
    overall = [view["overall"]] if len(view["readers"]) > 1 else []
    for share in [*view["readers"], *overall]:
        counts = [str(share[name]) for name in ("facts", *_COUNTED, "wrong_speakers")]
        interval = f"{share['low']:.0%} to {share['high']:.0%}"
        name = as_plain_text(share["reader"] or "all")
        table.add_row(name, *counts, f"{share['share_right']:.0%}", interval)
    return table


def _tell_agreement(agreement: dict[str, Any]) -> str:
    one, other = agreement["readers"]
    kappa = agreement["kappa"]
    words = "not defined: both judged every fact alike" if kappa is None else f"{kappa:.2f}"
    of = f"{agreement['same']} of {count_things(agreement['facts'], 'fact')}"
    return f"{one} and {other} agree on {of} (Cohen's kappa {words})"


def _print_found(view: dict[str, Any]) -> None:
    for found in view["found"]:
        count = f" ({found['facts']} facts)" if found["facts"] > 1 else ""
        parts = f", {', '.join(found['parts'])}" if found["parts"] else ""
        what = f"{found['outcome'].replace('_', ' ')}{parts}"
        note = f": {found['note']}" if found["note"] else ""
        words = f"{found['place']}{count} · {what} · {found['reader']}{note}"
        out.print(as_plain_text(words), soft_wrap=True)
    for done in view["corrected"]:
        words = (
            f"corrected on {done['corrected_on']}: {done['where'] or done['fact']}: {done['what']}"
        )
        out.print(as_plain_text(words), soft_wrap=True)
