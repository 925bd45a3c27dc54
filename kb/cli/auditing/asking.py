"""Put facts to a reader, one key each; every judgement is on the disk before the next fact."""

from collections.abc import Callable, Sequence
from datetime import date

from kb.cli.auditing.source_words import FindWords, tell_words
from kb.cli.console import as_plain_text, err
from kb.cli.keys import read_key
from kb.domain.audits import AuditOutcome, FactPart
from kb.records.audits.drafts import FactDraft, FactJudgement

_KEYS = {
    "r": AuditOutcome.RIGHT, "w": AuditOutcome.WRONG, "n": AuditOutcome.NOT_IN_SOURCE,
    "c": AuditOutcome.COULD_NOT_CHECK,
}  # fmt: skip
_PARTS = {
    "v": FactPart.VALUE, "s": FactPart.SPEAKER, "m": FactPart.MODEL, "d": FactPart.DATE,
    "c": FactPart.CONDITIONS, "o": FactPart.SOURCE,
}  # fmt: skip
_SKIP, _BACK, _QUIT = "s", "b", "q"
_ASKED = "r right · w wrong · n not in source · c could not check · s skip · b back · q quit"
_ASKED_PARTS = (
    "What is wrong? v value · s speaker · m model · d date · c conditions · o source, then Enter"
)
_FAULTY = (AuditOutcome.WRONG, AuditOutcome.NOT_IN_SOURCE)
Keep = Callable[[FactJudgement], object]


def ask_facts(
    facts: Sequence[FactDraft], total: int, find_words: FindWords, keep: Keep, today: date
) -> int:
    """Ask about each fact and keep each answer at once; return how many facts were judged."""
    done: set[str] = set()
    at = 0
    while at < len(facts):
        fact = facts[at]
        show_fact(fact, total - len(facts) + at + 1, total, find_words)
        key = _ask_key(at)
        if key == _QUIT:
            break
        if key == _BACK:
            at -= 1
            continue
        if key != _SKIP:
            keep(_ask_rest(fact, _KEYS[key], today))
            done.add(fact.id)
        at += 1
    return len(done)


def _ask_key(at: int) -> str:
    err.print(as_plain_text(_ASKED, "bold"))
    allowed = {*_KEYS, _SKIP, _QUIT} | ({_BACK} if at else set())
    while (key := read_key()) not in allowed:
        continue
    return key


def _ask_rest(fact: FactDraft, outcome: AuditOutcome, today: date) -> FactJudgement:
    parts = _ask_parts(outcome) if outcome in _FAULTY else []
    note = _ask_note() if outcome is not AuditOutcome.RIGHT else None
    return FactJudgement(fact=fact.id, outcome=outcome, parts=parts, note=note, judged_on=today)


def _ask_parts(outcome: AuditOutcome) -> list[FactPart]:
    while True:
        err.print(as_plain_text(_ASKED_PARTS))
        letters = [letter for letter in input("> ").lower() if not letter.isspace()]
        unknown = [letter for letter in letters if letter not in _PARTS]
        if not unknown and (letters or outcome is not AuditOutcome.WRONG):
            return [_PARTS[letter] for letter in dict.fromkeys(letters)]
        err.print(as_plain_text("  not accepted: type letters of the list", "yellow"))


def _ask_note() -> str | None:
    err.print(as_plain_text("What does the source say instead? (Enter to skip)"))
    return input("> ").strip()[:2000] or None


def show_fact(fact: FactDraft, number: int, total: int, find_words: FindWords) -> None:
    """Print a fact, where it stands, its source, and the source's words."""
    head = f"\nFact {number} of {total} · {fact.kind} · {fact.file}:{fact.line}"
    err.print(as_plain_text(head, "bold"))
    _print_fields(fact.says)
    err.print(as_plain_text("Source", "bold"))
    _print_fields(fact.source)
    err.print(as_plain_text(tell_words(fact, find_words(fact)), "cyan"), soft_wrap=True)


def _print_fields(fields: dict[str, object], indent: str = "  ") -> None:
    for name, value in fields.items():
        label = name.replace("_", " ")
        if isinstance(value, dict):
            err.print(as_plain_text(f"{indent}{label}:"))
            _print_fields(value, f"{indent}  ")
        else:
            shown = ", ".join(map(str, value)) if isinstance(value, list) else value
            err.print(as_plain_text(f"{indent}{label}: {shown}"), soft_wrap=True)
