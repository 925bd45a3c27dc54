"""The last audit in words: how many facts were right, how sure that is, and what was found."""

from dashboard.parts.layout import show, show_section
from dashboard.reads.audits import LastAudit
from dashboard.reads.published import Row
from dashboard.wording.markup import Html, make_table, tag
from dashboard.wording.words import join_words, write_day
from kb.text.counting import count_things

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_METHOD = (
    "We draw facts by chance from all that our records assert: who said what and where, what "
    "others measured, which models were released. Readers hold each one against its source. None "
    "is shown what another found. What they find wrong is corrected, and another sample is drawn."
)
_OUTCOMES = {
    "wrong": "wrong",
    "not_in_source": "not in the source",
    "could_not_check": "could not be checked",
}


def tell_audit(audit: LastAudit) -> str:
    """Return the last audit as a sentence or two."""
    readers, rows = len(audit.readers), audit.readers
    facts = count_things(rows[0]["facts"], "fact")
    each = "each held" if readers > 1 else "held"
    whose = "their sources" if rows[0]["facts"] != 1 else "its source"
    who = f"{_count(readers)} {'reader' if readers == 1 else 'readers'} {each}"
    right = join_words(str(row["right_count"]) for row in rows)
    verb = "was" if [row["right_count"] for row in rows] == [1] else "were"
    overall = audit.overall
    interval = f"(95% interval {_percent(overall['low'])} to {_percent(overall['high'])})"
    rest = f" {interval}."
    if readers > 1:
        of_all = f"{overall['right_count']} of the {overall['facts']}"
        rest = f". No reader found fault with {of_all} {interval}."
    day = write_day(str(overall["day"]))
    return (
        f"In the last audit, on {day}, {who} {facts} on record against {whose}: {right} {verb} "
        f"right{rest}"
    )


def tell_speakers(audit: LastAudit) -> str:
    """Return how many facts had a wrong speaker, and how far two readers agreed."""
    wrong = audit.overall["wrong_speaker_count"]
    speakers = f"{count_things(wrong, 'fact')} named a wrong speaker."
    if not wrong:
        speakers = "No fact named a wrong speaker."
    compared, agreed = audit.overall["compared"], audit.overall["agreed"]
    if not compared:
        return speakers
    kappa = audit.overall["kappa"]
    words = "" if kappa is None else f" (Cohen's kappa {kappa:.2f})"
    return f"{speakers} The two readers agreed on {agreed} of {compared} facts{words}."


def show_audit(audit: LastAudit) -> None:
    """Show the audit in full: its sentence, its counts, what was found and corrected."""
    show_section("How often we are wrong", _METHOD)
    show(tag("div", tag("p", tell_audit(audit)), tag("p", tell_speakers(audit)), css="ac-prose"))
    show(_make_counts(audit))
    if audit.found:
        show(tag("h3", "What was found"), _make_found(audit.found))
    if audit.corrected:
        done = (f"{row['place']}: {row['what']}" for row in audit.corrected)
        show(
            tag("h3", "What was corrected since"), tag("ul", *(tag("li", words) for words in done))
        )


def _make_counts(audit: LastAudit) -> Html:
    heads = ("Reader", "Facts", "Right", "Wrong", "Not in source", "Could not be checked",
             "95% interval of the share right")  # fmt: skip
    together = [audit.overall] if len(audit.readers) > 1 else []
    return make_table(heads, (_make_cells(row) for row in [*audit.readers, *together]))


def _make_cells(row: Row) -> tuple[str, ...]:
    counts = ("facts", *(f"{name}_count" for name in ("right", *_OUTCOMES)))
    interval = f"{_percent(row['low'])} to {_percent(row['high'])}"
    return (row["reader"] or "All", *(str(row[name]) for name in counts), interval)


def _make_found(found: list[Row]) -> Html:
    rows = ((row["place"], str(row["facts"]), _tell_outcome(row), row["note"]) for row in found)
    return make_table(("Where it stood", "Facts", "Found", "What the source says"), rows)


def _tell_outcome(row: Row) -> str:
    parts = join_words(row["parts"] or [])
    words = _OUTCOMES.get(row["outcome"], row["outcome"])
    return f"{words}: {parts}" if parts else str(words)


def _count(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def _percent(share: float) -> str:
    return f"{100 * share:.0f}%"
