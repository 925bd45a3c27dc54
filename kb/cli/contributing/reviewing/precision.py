"""`kb review precision` and `accept-by-rule`: how often readers are right, and what that earns."""

from typing import Any

from rich.table import Table

from kb.cli.console import as_plain_text, err, out, print_json
from kb.cli.options import JsonFlag
from kb.domain.review.precision import LEAST_LOW, LEAST_N, Precision, ReadingKind
from kb.settings import load_settings
from kb.stages.review import accept_by_rule as accept
from kb.store.database import open_session
from kb.store.review.reads import read_standing
from kb.text.counting import count_things

_BAR = f"{LEAST_LOW:.0%} or more at 95% confidence, from {LEAST_N} readings or more"


def precision(as_json: JsonFlag = False) -> None:
    """Show how often machines read rightly, by extractor, kind and sort of source.

    Counts what people decided one by one; a mended reading was wrong. The interval is exact
    (Clopper-Pearson): each end is a bound at 95% confidence.
    """
    with open_session(load_settings().url) as session:
        found = read_standing(session).book.precisions
    if as_json:
        print_json([_make_view(kind, counted) for kind, counted in found.items()])
        return
    table = Table("extractor", "kind", "source", "right", "of", "share", "interval", "by rule")
    for kind, counted in found.items():
        ends = f"{counted.interval.low:.1%} to {counted.interval.high:.1%}"
        told = (str(counted.right), str(counted.n), f"{counted.share:.1%}", ends)
        names = map(as_plain_text, (kind.extractor, kind.kind, kind.source_kind))
        table.add_row(*names, *told, "may be accepted" if counted.is_earned else "")
    out.print(table)
    err.print(f"{count_things(len(found), 'kind')}; a rule may accept a kind with {_BAR}")


def accept_by_rule(as_json: JsonFlag = False) -> None:
    """Accept what waits of each kind whose readings are nearly never wrong.

    The bar: the lower end of the interval is 99% or more, from 300 readings or more that people
    looked at one by one. A person's decision outranks the rule's, and when new decisions bring a
    kind below the bar, what the rule accepted of it waits for review again.
    """
    with open_session(load_settings().url) as session:
        accepted = accept(session)
    if as_json:
        print_json([{**vars(kind), "accepted": count} for kind, count in accepted.items()])
        return
    for kind, count in accepted.items():
        told = f"{count} accepted: {kind.kind} in {kind.source_kind}, read by {kind.extractor}"
        err.print(as_plain_text(told), soft_wrap=True)
    err.print("next: kb judge, kb publish" if accepted else f"no kind has reached the bar: {_BAR}")


def _make_view(kind: ReadingKind, counted: Precision) -> dict[str, Any]:
    return {
        **vars(kind),
        "right": counted.right,
        "n": counted.n,
        "share": counted.share,
        "low": counted.interval.low,
        "high": counted.interval.high,
        "may_be_accepted_by_rule": counted.is_earned,
    }
