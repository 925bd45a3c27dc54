"""Drafts of claims and of the places where they stand."""

import math
from datetime import date
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from kb.domain.claim_types import CLAIM_TYPES, Operator, ValueKind, find_claim_type
from kb.domain.drafts.conditions import Conditions
from kb.domain.drafts.corrections import CorrectionDraft, make_corrected
from kb.domain.drafts.fields import Draft, Line, PartialDate, PlainText, Prose, SourceKey
from kb.domain.quantities import Quantity, QuantityError, parse_quantity
from kb.domain.speech import Passing

_Fragment = Annotated[str, StringConstraints(min_length=1, max_length=160), PlainText]


class AttributionDraft(Draft):
    """Whose words a document passes on, and the words by which it says so."""

    who: Line = Field(description="The person or organisation that is quoted or reported.")
    of: Line | None = Field(
        None, description="The organisation that the person speaks for, if `who` is a person."
    )
    how: Passing = Field(
        description="quoted: their own words are printed; reported: the document's own words."
    )
    words: _Fragment = Field(
        description="A few words of the document that say so, exactly as they stand there."
    )


class SightingDraft(Draft):
    """Where a claim was seen. The quote is a few words, exactly as they are there."""

    source: SourceKey = Field(description="Key of an entry under `sources`.")
    quote: _Fragment | None = Field(
        None, description="A few words, exactly as they are in the source."
    )
    locator: Line | None = Field(None, description="Heading or table in which it is found.")
    said_by: Line | None = Field(
        None, description="Who speaks here, when it is not the document's author."
    )
    said_on: PartialDate | None = None
    attribution: AttributionDraft | None = Field(
        None, description="Whom the document quotes or reports here, if anybody."
    )
    figure_of: Line | None = Field(
        None, description="Whose figure it is, when it is not the speaker's: a leaderboard's …"
    )
    disputes: bool = Field(False, description="The passage disputes the claim.")
    note: Line | None = Field(
        None, description="What this passage leaves out of the claim, or says beside it."
    )
    corrected: list[CorrectionDraft] = make_corrected()


class ClaimDraft(Draft):
    """One thing that somebody says about a model.

    `claimed` is the claim in a few words of ours, or for a quantity the figure as it was
    written; `value`, `unit` and `operator` are read from it unless they are given.
    """

    type: Line = Field(json_schema_extra={"enum": [claim_type.name for claim_type in CLAIM_TYPES]})
    claimed: Line
    metric: Line | None = Field(None, description="Name of the test, for scores.")
    value: float | None = None
    value_high: float | None = None
    unit: Line | None = None
    operator: Operator | None = None
    question: Prose | None = Field(
        None,
        description="Why we ask, for a claim that nobody made and we combined or inferred.",
    )
    subject_text: Line | None = Field(None, description="The model's name as it was said.")
    seed: str | None = Field(
        None, pattern=r"^S[0-9]{2,3}$", description="Row number in the founding list."
    )
    conditions: Conditions = Field(default_factory=Conditions)
    sightings: list[SightingDraft] = Field(min_length=1)
    corrected: list[CorrectionDraft] = make_corrected()

    @model_validator(mode="after")
    def _check(self) -> Self:
        try:
            claim_type = find_claim_type(self.type)
        except KeyError as error:
            raise ValueError(str(error.args[0])) from None
        disputes = [sighting.disputes for sighting in self.sightings]
        if self.question is None and disputes and all(disputes):
            raise ValueError(
                "every sighting disputes this claim, so nobody on record makes it; add one that "
                "makes it, or `question`: one sentence on why it is asked"
            )
        if claim_type.kind is not ValueKind.QUANTITY:
            given = (self.value, self.value_high, self.unit, self.operator)
            if any(field is not None for field in given):
                raise ValueError(
                    f"a {self.type} claim is a statement and has no value, unit or operator"
                )
            return self
        if self.value_high is not None and (self.value is None or self.value_high < self.value):
            raise ValueError("`value_high` needs a `value`, and must not be below it")
        quantity = self.quantity
        if not (math.isfinite(quantity.low) and math.isfinite(quantity.high)):
            raise ValueError(f"{self.claimed!r} is not a finite number")
        if not claim_type.allows_unit(quantity.unit):
            allowed = ", ".join(filter(None, (claim_type.unit, *claim_type.other_units)))
            raise ValueError(f"unit {quantity.unit!r} does not fit {self.type}; use {allowed}")
        low = -math.inf if claim_type.minimum is None else claim_type.minimum
        high = math.inf if claim_type.maximum is None else claim_type.maximum
        if quantity.low < low or quantity.high > high:
            raise ValueError(
                f"{self.claimed!r} is out of range for {self.type}; "
                f"it runs from {low:,g} to {high:,g} {claim_type.unit}"
            )
        return self

    @property
    def quantity(self) -> Quantity:
        """The claimed quantity; raises ValueError when the words hold none."""
        claim_type = find_claim_type(self.type)
        if self.value is not None:
            return Quantity(
                self.value,
                self.value if self.value_high is None else self.value_high,
                self.operator or claim_type.operator,
                self.unit or claim_type.unit,
                self.claimed,
            )
        try:
            read = parse_quantity(self.claimed, self.unit or claim_type.unit)
        except QuantityError as error:
            raise ValueError(f"{error}; or give `value` and `unit`") from None
        return Quantity(read.low, read.high, self.operator or read.operator, read.unit, read.text)


class WithdrawnDraft(ClaimDraft):
    """A claim that we took back: as it stood in the record, since when it is gone, and why."""

    on: date = Field(description="Day on which it was taken back.")
    why: Line = Field(description="What was wrong, in a sentence.")
    sightings: list[SightingDraft] = Field(
        default_factory=list, description="Where it was thought to stand."
    )
