"""What a contributor is asked for a claim, source first, and how each answer is checked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from pydantic import TypeAdapter, ValidationError

from kb.domain.claim_types import CLAIM_TYPES, find_claim_type
from kb.domain.drafts import (
    Address,
    Availability,
    ClaimDraft,
    Line,
    PartialDate,
    SightingDraft,
    SourceKind,
)
from kb.domain.names import make_slug
from kb.domain.speech import Passing
from kb.reading.quotes import contains_quote
from kb.records.answer_drafts import names_another_speaker
from kb.records.plain_errors import explain_error

Answers = Mapping[str, Any]
Check = Callable[[str, Answers, str | None], str]


@dataclass(frozen=True)
class FormQuestion:
    """One question. `check` returns the answer as it is kept, or raises ValueError with why not.

    It is given the answers so far, and the text of the source where there is one.
    """

    name: str
    words: str
    check: Check
    is_needed: bool = True
    default: str | None = None
    of_types: tuple[str, ...] = ()  # asked of these types only; of all when empty
    choices: tuple[str, ...] = ()  # what there is to choose from, with words
    asked_when: Callable[[Answers], bool] = lambda answers: True


def _as(kind: Any) -> Check:
    adapter: TypeAdapter[Any] = TypeAdapter(kind)

    def check(answer: str, answers: Answers, text: str | None) -> str:
        try:
            return str(adapter.validate_python(answer))
        except ValidationError as error:
            raise ValueError(_explain(error)) from None

    return check


def _explain(error: ValidationError) -> str:
    return explain_error(error.errors()[0])


def _check_url(answer: str, answers: Answers, text: str | None) -> str:
    url = _as(Address)(answer.strip(), answers, text)
    if urlsplit(url).scheme == "pkg" or urlsplit(url).hostname:
        return url
    raise ValueError("that has no host; write an address like https://vendor.example/page")


def _check_choice(kind: type[StrEnum]) -> Check:
    def check(answer: str, answers: Answers, text: str | None) -> str:
        try:
            return str(kind(answer.strip().lower()))
        except ValueError:
            raise ValueError(f"choose one of {', '.join(kind)}") from None

    return check


def _check_name(answer: str, answers: Answers, text: str | None) -> str:
    make_slug(answer)
    return _as(Line)(answer, answers, text)


def _check_type(answer: str, answers: Answers, text: str | None) -> str:
    try:
        return find_claim_type(answer.strip()).name
    except KeyError as error:
        raise ValueError(str(error.args[0])) from None


def _check_claimed(answer: str, answers: Answers, text: str | None) -> str:
    if "type" not in answers:  # what it must be depends on that
        return _as(Line)(answer, answers, text)
    given = {name: answers[name] for name in ("value", "unit") if answers.get(name) is not None}
    try:
        draft = ClaimDraft.model_validate(
            {
                "type": answers["type"],
                "claimed": answer,
                "sightings": [{"source": "source"}],
                **given,
            }
        )
    except ValidationError as error:
        raise ValueError(_explain(error)) from None
    return draft.claimed


def _check_quote(answer: str, answers: Answers, text: str | None) -> str:
    try:
        quote = SightingDraft(source="source", quote=answer).quote or ""
    except ValidationError as error:
        raise ValueError(f"{_explain(error)}; a quote is a few words") from None
    if text is not None and not contains_quote(text, quote, urlsplit(answers["url"]).path):
        raise ValueError(f"{quote!r} is not in the source; copy a few words exactly as they are")
    return quote


def _check_day(kind: Any) -> Check:
    def check(answer: str, answers: Answers, text: str | None) -> str:
        day = _as(kind)(answer.strip(), answers, text)
        today = datetime.now(UTC).date()
        if date.fromisoformat((day + "-01-01")[:10]) > today:
            raise ValueError(f"{day} is in the future; today is {today}")
        return day

    return check


_LINE = _as(Line)
_OF_TESTS = tuple(claim_type.name for claim_type in CLAIM_TYPES if claim_type.needs_metric)
QUESTIONS: tuple[FormQuestion, ...] = (
    FormQuestion("url", "Address of the source, where the claim stands", _check_url),
    FormQuestion("publisher", "Who publishes it", _LINE),
    FormQuestion(
        "kind", f"What sort of source ({', '.join(SourceKind)})", _check_choice(SourceKind)
    ),
    FormQuestion("title", "Its title", _LINE, is_needed=False),
    FormQuestion("published_on", "Its own date (YYYY-MM-DD)", _check_day(date), is_needed=False),
    FormQuestion(
        "model", "The model that the claim is about, as its vendor writes it", _check_name
    ),
    FormQuestion("vendor", "Who makes the model", _check_name),
    FormQuestion(
        "availability",
        f"Does this source say whether its weights can be had ({', '.join(Availability)})",
        _check_choice(Availability),
        default=Availability.UNKNOWN.value,
    ),
    FormQuestion(
        "type",
        "What is claimed: a type of claim, like context_length (? lists them)",
        _check_type,
        choices=tuple(f"{claim_type.name}: {claim_type.asks}" for claim_type in CLAIM_TYPES),
    ),
    FormQuestion(
        "metric",
        "Name of the test",
        _LINE,
        of_types=_OF_TESTS,
    ),
    FormQuestion(
        "claimed", "The claim: the figure as it was written, else a few words", _check_claimed
    ),
    FormQuestion("said_by", "Who says it", _LINE),
    FormQuestion(
        "passing",
        f"Does the source print their own words, or put it in its own ({', '.join(Passing)})",
        _check_choice(Passing),
        is_needed=False,
        default=Passing.REPORTED.value,
        asked_when=names_another_speaker,
    ),
    FormQuestion("quote", "A few words of the source, exactly as they stand there", _check_quote),
    FormQuestion("locator", "Heading or table in which they stand", _LINE, is_needed=False),
    FormQuestion(
        "said_on", "When it was said (YYYY-MM-DD)", _check_day(PartialDate), is_needed=False
    ),
)
BY_NAME = {question.name: question for question in QUESTIONS}


def is_asked(question: FormQuestion, answers: Answers) -> bool:
    """Whether the question is asked, by the answers so far."""
    of_type = not question.of_types or answers.get("type") in question.of_types
    return of_type and question.asked_when(answers)
