"""What a rule is given: a claim, its subject, the subject's family, and the evidence."""

from dataclasses import dataclass, field
from datetime import date

from kb.domain.claim_types import ClaimType, Operator, find_claim_type
from kb.domain.drafts import Availability, Conditions
from kb.domain.outcomes import Basis, EvidenceKind

_OURS = {
    Basis.MEASURED_HERE: "measured here",
    Basis.READ_FROM_RELEASE: "read from the release",
    Basis.COMPUTED: "by our arithmetic",
}
_VERBS: dict[EvidenceKind | None, str] = {
    EvidenceKind.DECLARED: "stated by",
    EvidenceKind.DOCUMENT: "read in",
}


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
    metric: str | None = None
    claimed_value: float | None = None
    claimed_high: float | None = None
    unit: str | None = None
    operator: Operator | None = None
    conditions: Conditions = field(default_factory=Conditions)
    said_on: str | None = None  # the first day, month or year that it was seen on
    question: str | None = None  # why we ask, where nobody claimed it
    objected_in: tuple[str, ...] = ()  # who print it and an objection to it in one document

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
    kind: EvidenceKind | None = None  # what sort of evidence, if not ours

    @property
    def by(self) -> str:
        """Who stands behind it, and by what sort of evidence, for sentences."""
        if self.basis in _OURS:
            return _OURS[self.basis]
        if self.basis is Basis.STATED_BY_VENDOR and self.kind is not EvidenceKind.DOCUMENT:
            verb = "run" if self.kind is EvidenceKind.RUN else "stated"
            return f"{verb} by {self.model.vendor} itself"
        if self.kind is EvidenceKind.RUN:
            return f"{'run' if self.value is None else 'measured'} by {self.reported_by}"
        return f"{_VERBS.get(self.kind, 'reported by')} {self.reported_by}"

    @property
    def is_vendors_word(self) -> bool:
        """Whether the model's own vendor stands behind it, whatever it shows."""
        return self.basis is Basis.STATED_BY_VENDOR


@dataclass(frozen=True)
class Case:
    """A claim, its subject, the subject's family (parent and variants), and all the evidence.

    `compared` are the models that the claim sets its subject against, each by the name that the
    claim gives it; `rival_evidence` is on them.
    """

    claim: ClaimFact
    subject: Subject
    family: tuple[Subject, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    today: date = date.min
    compared: tuple[tuple[str, Subject], ...] = ()
    rival_evidence: tuple[Evidence, ...] = ()

    def of_metric(self, *metrics: str) -> tuple[Evidence, ...]:
        """The evidence of these metrics, oldest first, those without a date last."""
        found = (result for result in self.evidence if result.metric in metrics)
        return tuple(sorted(found, key=lambda result: (result.as_of or "9999", result.id)))

    def of_own_metric(self, *metrics: str) -> tuple[Evidence, ...]:
        """As `of_metric`, of the subject itself: a sibling's figures say nothing about it."""
        found = self.of_metric(*metrics)
        return tuple(result for result in found if result.model.id == self.subject.id)
