"""Drafts of results that others reported."""

from typing import Self

from pydantic import Field, model_validator

from kb.domain.drafts.conditions import Conditions
from kb.domain.drafts.corrections import CorrectionDraft, make_corrected
from kb.domain.drafts.fields import Count, Draft, Line, PartialDate, SourceKey
from kb.domain.outcomes import EvidenceKind


class ResultDraft(Draft):
    """A result that somebody else reported, with where it stands."""

    metric: Line
    value: float | None = None
    low: float | None = None
    high: float | None = None
    text: Line | None = Field(None, description="The result in words, when it is not a number.")
    unit: Line | None = None
    n: Count | None = None
    n_unit: Line | None = Field(None, description="What n counts: votes, questions …")
    rank: Count | None = None
    conditions: Conditions = Field(default_factory=Conditions)
    evidence: EvidenceKind = Field(
        EvidenceKind.REPORT, description="What sort of evidence it is; a report if not told."
    )
    reported_by: Line
    as_of: PartialDate | None = Field(None, description="Day, month or year it is true of.")
    source: SourceKey
    locator: Line | None = None
    corrected: list[CorrectionDraft] = make_corrected()

    @model_validator(mode="after")
    def _check(self) -> Self:
        if (self.value is None) == (self.text is None):
            raise ValueError("a result has either a `value` or a `text`")
        if self.text is not None and (self.low is not None or self.high is not None):
            raise ValueError("a result in words has no interval")
        low = self.value if self.low is None else self.low
        high = self.value if self.high is None else self.high
        if self.value is not None and not (low <= self.value <= high):  # type: ignore[operator]
            raise ValueError(f"value {self.value} lies outside its interval [{low}, {high}]")
        return self
