"""Drafts of audit files: what was drawn, who judged it, and what was corrected since."""

from datetime import date
from typing import Annotated, Any, Self

from pydantic import Field, StringConstraints, model_validator

from kb.domain.audits import AuditOutcome, FactPart, Judged
from kb.domain.drafts import Count, Draft, Line, Prose, Sha256

FactId = Annotated[str, StringConstraints(pattern=r"^fct_[0-9a-f]{16}$")]
MAX_FACTS = 2000


class FactDraft(Draft):
    """A fact as it stood in the records on the day of the draw."""

    id: FactId
    kind: Line
    file: Line
    line: Count
    place: Line
    says: dict[str, Any]
    source: dict[str, Any]


class FactJudgement(Draft):
    """What a reader found: of a drawn fact, or of `facts` facts `where` an audit only counted."""

    fact: FactId | None = None
    where: Prose | None = Field(None, description="Which facts, if they were only counted.")
    facts: Count = Field(1, le=MAX_FACTS, description="How many facts this is about.")
    outcome: AuditOutcome
    parts: list[FactPart] = Field(default_factory=list, description="What of it is wrong.")
    note: Prose | None = None
    judged_on: date

    @model_validator(mode="after")
    def _check(self) -> Self:
        if (self.fact is None) == (self.where is None):
            raise ValueError("a judgement names one `fact`, or says `where` the facts stand")
        if self.fact is not None and self.facts != 1:
            raise ValueError("a judgement of one `fact` is about 1 fact; leave `facts` out")
        check_parts(self.outcome, self.parts)
        return self


def check_parts(outcome: AuditOutcome, parts: list[FactPart]) -> None:
    """Raise ValueError unless wrong parts are named exactly where something may be wrong."""
    if outcome is AuditOutcome.WRONG and not parts:
        known = ", ".join(part.value for part in FactPart)
        raise ValueError(f"a wrong fact needs `parts`, what of it is wrong: {known}")
    if parts and outcome in (AuditOutcome.RIGHT, AuditOutcome.COULD_NOT_CHECK):
        raise ValueError(f"a fact judged {outcome.value} has no wrong `parts`")
    if len(set(parts)) != len(parts):
        raise ValueError("`parts` names a part twice; name it once")


class ReaderDraft(Draft):
    """A reader and what they found, in the order of judging."""

    name: Line
    judgements: list[FactJudgement] = Field(default_factory=list)


class AuditCorrection(Draft):
    """What was corrected after an audit found it."""

    fact: FactId | None = None
    where: Prose | None = None
    corrected_on: date
    what: Prose

    @model_validator(mode="after")
    def _check(self) -> Self:
        if (self.fact is None) == (self.where is None):
            raise ValueError("a correction names one `fact`, or says `where` the facts stand")
        return self


class AuditDraft(Draft):
    """One audit: a sample of the facts in the records, held against their sources."""

    day: date = Field(description="The day of the draw.")
    seed: int = Field(ge=0, le=2**31 - 1)
    sample: Count = Field(le=MAX_FACTS)
    drawn_from: Count = Field(description="How many facts stood in the records.")
    digest: Sha256 | None = Field(None, description="SHA-256 of the ids of all those facts.")
    note: Prose | None = None
    facts: list[FactDraft] = Field(default_factory=list)
    readers: list[ReaderDraft] = Field(default_factory=list)
    corrected: list[AuditCorrection] = Field(default_factory=list)

    def find_reader(self, name: str) -> ReaderDraft | None:
        """Return the reader of this name, if they judged anything."""
        return next((reader for reader in self.readers if reader.name == name), None)

    def list_waiting(self, name: str) -> list[FactDraft]:
        """Return the facts that a reader has not judged yet, in the order drawn."""
        reader = self.find_reader(name)
        done = {judgement.fact for judgement in reader.judgements} if reader else set()
        return [fact for fact in self.facts if fact.id not in done]

    def is_finished_by(self, reader: ReaderDraft) -> bool:
        """Whether a reader has judged the whole sample."""
        return sum(judgement.facts for judgement in reader.judgements) == self.sample

    def list_judged(self) -> list[Judged]:
        """Return the judgements of those readers who have judged the whole sample."""
        return [
            Judged(reader.name, found.fact, found.outcome, tuple(found.parts), found.facts)
            for reader in self.readers
            if self.is_finished_by(reader)
            for found in reader.judgements
        ]
