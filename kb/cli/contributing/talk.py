"""Ask a contributor question by question; explain a wrong answer and ask again."""

from collections.abc import Callable, Mapping
from typing import Any

from kb.cli.console import as_plain_text, err
from kb.domain.found import FoundClaim
from kb.records.questions import Answers, FormQuestion

_MOST_SHOWN = 15
_NOTHING, _BACK, _LIST = "-", "<", "?"
HINT = (
    "Enter accepts the answer in [brackets]; < goes back one question; ? lists the choices; "
    "Ctrl-C stops and keeps your answers."
)


class BackError(Exception):
    """Raised to return to the question before."""


def ask(
    question: FormQuestion, proposed: str | None, answers: Answers, text: str | None
) -> str | None:
    """Return a checked answer, or None if an optional one is left out."""
    default = proposed or question.default
    hint = f" [{default}]" if default else "" if question.is_needed else " (Enter to skip)"
    while True:
        err.print(as_plain_text(f"{question.words}{hint}"), soft_wrap=True)
        answer = input("> ").strip() or default or ""
        if answer == _BACK:
            raise BackError
        if answer == _LIST:
            for choice in question.choices or ("there is no list for this question",):
                err.print(as_plain_text(f"  {choice}"), soft_wrap=True)
            continue
        if not question.is_needed and answer in ("", _NOTHING):
            return None
        try:
            if not answer:
                raise ValueError("an answer is needed")
            return question.check(answer, answers, text)
        except ValueError as error:
            err.print(as_plain_text(f"  not accepted: {error}", "yellow"), soft_wrap=True)


def confirm(words: str, *, default: bool = True) -> bool:
    """Return whether the answer is yes."""
    answers = {"": default, "y": True, "yes": True, "n": False, "no": False}
    while True:
        err.print(as_plain_text(f"{words} [{'Y/n' if default else 'y/N'}]"), soft_wrap=True)
        answer = input("> ").strip().lower()
        if answer in answers:
            return answers[answer]
        err.print("  please answer y or n")


def choose_found(found: list[FoundClaim]) -> FoundClaim | None:
    """List the claims found in the source and return the chosen one, if any."""
    if not found:
        err.print("No claim was recognised in the source; enter it yourself.")
        return None
    err.print("Claims found in the source:")
    for number, claim in enumerate(found[:_MOST_SHOWN], 1):
        about = f" ({claim.subject})" if claim.subject else ""
        kind = f"{claim.claim_type}, {claim.metric}" if claim.metric else claim.claim_type
        words = f"  {number:2} {kind}: {claim.claimed_text}{about} “{claim.quote[:80]}”"
        err.print(as_plain_text(words.replace("\n", " ")), soft_wrap=True)
    if len(found) > _MOST_SHOWN:
        err.print(f"  and {len(found) - _MOST_SHOWN} more (`kb extract` lists all in a file)")
    while True:
        err.print("Which one? Type its number, or press Enter to enter the claim yourself")
        answer = input("> ").strip()
        if not answer:
            return None
        if (
            answer.isascii()
            and answer.isdigit()
            and 1 <= int(answer) <= min(len(found), _MOST_SHOWN)
        ):
            return found[int(answer) - 1]
        err.print(
            as_plain_text(f"  not accepted: {answer[:40]!r} is not one of these numbers", "yellow")
        )


def ask_all(
    questions: tuple[FormQuestion, ...],
    answers: dict[str, Any],
    propose: Callable[[str, Mapping[str, Any]], str | None],
    is_asked: Callable[[FormQuestion, Answers], bool],
    text: str | None,
    keep: Callable[[Mapping[str, Any]], None],
    fixed: tuple[str, ...] = (),
) -> None:
    """Ask every question that has no answer yet, and again those the contributor returns to.

    `keep` is called after each answer. The contributor can also return to answers kept from
    another time, except those that are `fixed`.
    """
    known = [n for n, question in enumerate(questions) if question.name in answers]
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
                err.print("  this is the first question")
            continue
        answers[question.name] = given
        asked.append(at)
        at += 1
        keep(answers)
