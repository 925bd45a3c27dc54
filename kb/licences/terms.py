"""What is read out of a licence: terms, each with the clause's words and place."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from kb.licences.text.clauses import Clause
from kb.licences.text.flat import collapse

_MOST_QUOTE = 500
Value = float | str | bool


@dataclass(frozen=True)
class Term:
    """One term: which (`kind`), its value, and the words that say so, with their place.

    `start` and `end` are offsets in the licence's text, in characters.
    """

    kind: str
    value: Value
    quote: str
    start: int
    end: int
    place: str
    note: str | None = None


@dataclass(frozen=True)
class Reference:
    """A document that a licence pulls in: its name, its address if one is given, and where."""

    name: str
    url: str | None
    place: str


@dataclass(frozen=True)
class Doubt:
    """A clause that by its meaning may hold a term, but which no rule could read."""

    kind: str
    nearness: float
    quote: str
    start: int
    end: int
    place: str


@dataclass(frozen=True)
class Licence:
    """A licence as it was read. A field that the text does not settle is None.

    `is_exact` says that the text is a standard one word for word; `dated` is its own day.
    """

    name: str
    spdx: str
    is_exact: bool
    is_osi_approved: bool
    document_type: str
    dated: str | None
    terms: tuple[Term, ...] = ()
    references: tuple[Reference, ...] = ()
    doubts: tuple[Doubt, ...] = field(default=())

    def of_kind(self, kind: str) -> tuple[Term, ...]:
        """Return the terms of a kind, in the order of the text."""
        return tuple(term for term in self.terms if term.kind == kind)


ReadClause = Callable[[Clause], Iterable[Term]]


def make_term(
    kind: str, value: Value, clause: Clause, start: int, end: int, note: str | None = None
) -> Term:
    """Return a term whose words run from `start` to `end` of the whole text."""
    end = min(end, start + _MOST_QUOTE)
    words = clause.text[start - clause.start : end - clause.start]
    return Term(kind, value, collapse(words), start, end, clause.place, note)
