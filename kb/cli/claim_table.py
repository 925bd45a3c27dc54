"""Claims as a table for the terminal."""

from typing import Any

from rich.table import Table

from kb.cli.console import OUTCOME_STYLES, as_plain_text, out
from kb.domain.outcomes import BASIS_LABELS, OUTCOME_LABELS, Basis, Outcome
from kb.rules.wording import write_number
from kb.settings import Settings
from kb.store.claims.views import read_claim_views
from kb.store.database import open_session
from kb.text.counting import count_things

_SHORT_ID = 11  # "clm_" and seven digits, enough to tell claims apart
_MOST_FIGURES = 5


def print_all_claims(settings: Settings) -> None:
    """Print the table of all claims."""
    with open_session(settings.url) as session:
        print_claims_table(read_claim_views(session))


def print_claims_table(views: list[dict[str, Any]]) -> None:
    """Print claims as a table: claim, speaker, claimed, measured, verdict."""
    table = Table(show_lines=False, expand=True, pad_edge=False)
    table.add_column("id", no_wrap=True, max_width=_SHORT_ID)
    table.add_column("claim", ratio=3)
    table.add_column("speaker", ratio=2)
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
            as_plain_text("(our question)" if view["question"] else view["said_by"]),
            as_plain_text(view["claimed_text"]),
            as_plain_text(_write_figures(view)),
            as_plain_text(
                f"{label} ({basis})" if view["basis"] not in (None, "none") else label, style
            ),
        )
    out.print(table)
    out.print(count_things(len(views), "claim"))


def _write_figures(view: dict[str, Any]) -> str:
    figures = [
        f"{name.replace('_', ' ')} {_write(value)}"
        for name, value in view["numbers"].items()
        if name not in ("claimed", "gap")
    ]
    return " · ".join(figures[:_MOST_FIGURES])


def _write(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(_write(part) for part in value)
    return write_number(value) if isinstance(value, int | float) else str(value)
