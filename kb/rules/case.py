"""What a rule is given and what it returns."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kb.domain.claim_types import ClaimType, Operator, find_claim_type
from kb.domain.drafts import Availability, Conditions
from kb.domain.outcomes import Basis, Outcome


@dataclass(frozen=True)
class ReleaseFact:
    """A release, as far as rules care."""

    repository: str
    published_on: date | None


@dataclass(frozen=True)
class Subject:
    """A model and its releases."""

    id: str
    name: str
    vendor: str
    availability: Availability
    variant_of: str | None = None
    releases: tuple[ReleaseFact, ...] = ()


@dataclass(frozen=True)
class ClaimFact:
    """The claim under judgement, by the names of the published columns.

    `claimed_value` and `claimed_high` are its readings, in `unit`.
    """

    id: str
    claim_type: str
    claimed_text: str
    said_by: str
    metric: str | None = None
    claimed_value: float | None = None
    claimed_high: float | None = None
    unit: str | None = None
    operator: Operator | None = None
    conditions: Conditions = field(default_factory=Conditions)
    said_on: str | None = None  # the first day, month or year that it was seen on

    @property
    def declared_type(self) -> ClaimType:
        """The entry of its type among the claim types."""
        return find_claim_type(self.claim_type)


@dataclass(frozen=True)
class Evidence:
    """One measurement, with the model it is of."""

    id: str
    model: Subject
    basis: Basis
    metric: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    text: str | None = None
    unit: str | None = None
    n: int | None = None
    n_unit: str | None = None
    rank: int | None = None
    conditions: Conditions = field(default_factory=Conditions)
    reported_by: str | None = None
    as_of: str | None = None
    claim_id: str | None = None  # the claim whose plan measured it, if we did

    @property
    def by(self) -> str:
        """Who stands behind it, for sentences."""
        if self.basis is Basis.MEASURED_HERE:
            return "measured here"
        if self.basis is Basis.READ_FROM_RELEASE:
            return "read from the release"
        return f"reported by {self.reported_by}"


@dataclass(frozen=True)
class Case:
    """A claim, its subject, the subject's kin (family and variants), and all the evidence."""

    claim: ClaimFact
    subject: Subject
    kin: tuple[Subject, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    today: date = date.min

    def of_metric(self, *metrics: str) -> tuple[Evidence, ...]:
        """The evidence of these metrics, oldest first, those without a date last."""
        found = (each for each in self.evidence if each.metric in metrics)
        return tuple(sorted(found, key=lambda each: (each.as_of or "9999", each.id)))

    def of_own_metric(self, *metrics: str) -> tuple[Evidence, ...]:
        """As `of_metric`, of the subject itself: a sibling's figures say nothing about it."""
        own = self.of_metric(*metrics)
        return tuple(each for each in own if each.model.id == self.subject.id)


@dataclass(frozen=True)
class Finding:
    """A verdict before it is stored: outcome, one sentence, figures, and what it rests on."""

    outcome: Outcome
    explanation: str
    evidence: tuple[Evidence, ...] = ()
    numbers: dict[str, Any] = field(default_factory=dict)
    rests_on: Basis | None = None

    @property
    def basis(self) -> Basis:
        """The strongest basis among the evidence, or the one that was named."""
        if self.rests_on is not None:
            return self.rests_on
        present = {each.basis for each in self.evidence}
        return next((basis for basis in Basis if basis in present), Basis.NONE)


@dataclass(frozen=True)
class Rule:
    """A named, versioned rule; it returns None where it has nothing to say.

    `plain` says how it judges, `turns` what evidence would lead it to another verdict.
    """

    name: str
    version: int
    plain: str
    judge: Callable[[Case], Finding | None]
    turns: str

    @property
    def label(self) -> str:
        """The rule as it is cited, name/version."""
        return f"{self.name}/{self.version}"


def make_numbers(**figures: Any) -> dict[str, Any]:
    """Return the figures that are known."""
    return {name: figure for name, figure in figures.items() if figure is not None}


def join_names(names: Iterable[str]) -> str:
    """Return names as a reader would list them."""
    known = list(dict.fromkeys(names))
    if len(known) < 2:
        return "".join(known)
    return f"{', '.join(known[:-1])} and {known[-1]}"


def as_plain(value: float | None) -> str:
    """Return a number as a reader would write it: 1,417, 0.25, 402 billion."""
    if value is None:
        return "unknown"
    for size, word in ((1e12, "trillion"), (1e9, "billion")):
        if abs(value) >= size:
            return f"{value / size:,.6g} {word}"
    return f"{value:,.10g}"
