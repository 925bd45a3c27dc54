"""Ask a contributor question by question; a wrong answer is explained and asked again."""

from collections.abc import Callable, Mapping
from typing import Any

from kb.cli.console import as_plain_text, err
from kb.domain.found import FoundClaim
from kb.records.questions import Answers, FormQuestion

_MOST_SHOWN = 15
_NOTHING, _BACK, _LIST = "-", "<", "?"
HINT = (
    "Enter takes what stands in [brackets]; < goes back one question; Ctrl-C stops, and keeps "
    "what you answered."
)


class BackError(Exception):
    """The question before is to be asked again."""


def ask(
    question: FormQuestion, proposed: str | None, answers: Answers, text: str | None
) -> str | None:
    """Return a checked answer; None for one that may be left out, and is."""
    default = proposed or question.default
    hint = f" [{default}]" if default else "" if question.is_needed else " (Enter to leave out)"
    while True:
        err.print(as_plain_text(f"{question.words}{hint}"), soft_wrap=True)
        answer = input("> ").strip() or default or ""
        if answer == _BACK:
            raise BackError
        if answer == _LIST:
            for each in question.choices or ("there is no list for this one",):
                err.print(as_plain_text(f"  {each}"), soft_wrap=True)
            continue
        if not question.is_needed and answer in ("", _NOTHING):
            return None
        try:
            if not answer:
                raise ValueError("this one is needed")
            return question.check(answer, answers, text)
        except ValueError as error:
            err.print(as_plain_text(f"  not so: {error}", "yellow"), soft_wrap=True)


def confirm(words: str, *, default: bool = True) -> bool:
    """Return whether the answer is yes."""
    answers = {"": default, "y": True, "yes": True, "n": False, "no": False}
    while True:
        err.print(as_plain_text(f"{words} [{'Y/n' if default else 'y/N'}]"), soft_wrap=True)
        answer = input("> ").strip().lower()
        if answer in answers:
            return answers[answer]
        err.print("  y or n, please")


def choose_found(found: list[FoundClaim]) -> FoundClaim | None:
    """Show the claims that stand in the source; return the one that is meant, if one is."""
    if not found:
        err.print("No claim was recognised in the source; write it yourself.")
        return None
    err.print("In the source stand:")
    for number, each in enumerate(found[:_MOST_SHOWN], 1):
        about = f" ({each.subject})" if each.subject else ""
        kind = f"{each.claim_type}, {each.metric}" if each.metric else each.claim_type
        words = f"  {number:2} {kind}: {each.claimed_text}{about} “{each.quote[:80]}”"
        err.print(as_plain_text(words.replace("\n", " ")), soft_wrap=True)
    if len(found) > _MOST_SHOWN:
        err.print(f"  and {len(found) - _MOST_SHOWN} more (`kb extract` lists all of a file)")
    while True:
        err.print("Which one? Its number, or Enter to write the claim yourself")
        answer = input("> ").strip()
        if not answer:
            return None
        if (
            answer.isascii()
            and answer.isdigit()
            and 1 <= int(answer) <= min(len(found), _MOST_SHOWN)
        ):
            return found[int(answer) - 1]
        err.print(as_plain_text(f"  not so: {answer[:40]!r} is none of these numbers", "yellow"))


def ask_all(
    questions: tuple[FormQuestion, ...],
    answers: dict[str, Any],
    propose: Callable[[str, Mapping[str, Any]], str | None],
    is_asked: Callable[[FormQuestion, Answers], bool],
    text: str | None,
    keep: Callable[[Mapping[str, Any]], None],
    fixed: tuple[str, ...] = (),
) -> None:
    """Ask what is not answered yet, and again what one goes back to.

    `keep` is told after each answer. What was kept from another time can be gone back to as well,
    but for what is `fixed`.
    """
    known = [n for n, each in enumerate(questions) if each.name in answers]
    asked = [n for n in known if questions[n].name not in fixed]
    before: dict[str, str] = {}
    at = 0
    while at < len(questions):
        question = questions[at]
        if question.name in answers or not is_asked(question, answers):
            at += 1
            continue
        try:
            proposed = before.get(question.name) or propose(question.name, answers)
            given = ask(question, proposed, answers, text)
        except BackError:
            if asked:
                at = asked.pop()
                before[questions[at].name] = answers.pop(questions[at].name)
                keep(answers)
            else:
                err.print("  this is the first question that can be asked again")
            continue
        answers[question.name] = given
        asked.append(at)
        at += 1
        keep(answers)
