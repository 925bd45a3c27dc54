"""Validated drafts of sources, sightings, claims and results.

Nothing enters a table but through a draft. Those of models, releases and whole record files are
in `kb.records.drafts`.
"""

import math
import unicodedata
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from kb.domain.claim_types import CLAIM_TYPES, Operator, ValueKind, find_claim_type
from kb.domain.quantities import Quantity, QuantityError, parse_quantity


def _refuse_control_characters(text: str) -> str:
    if any(unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t" for c in text):
        raise ValueError("holds control characters; write plain text")
    return text


PlainText = AfterValidator(_refuse_control_characters)
Line = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500), PlainText
]
Prose = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000), PlainText
]
Count = Annotated[int, Field(ge=1, le=2**53)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]

PARTIAL_DATE_PATTERN = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
ADDRESS_PATTERN = r"^(https?://[^\s/]+|pkg:[a-z]+/)\S*$"


def _as_partial_date(value: Any) -> Any:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def _check_date(value: str) -> str:
    date.fromisoformat((value + "-01-01")[:10])
    return value


PartialDate = Annotated[
    str,
    BeforeValidator(_as_partial_date, json_schema_input_type=str),
    StringConstraints(pattern=PARTIAL_DATE_PATTERN),
    AfterValidator(_check_date),
]
Address = Annotated[str, StringConstraints(pattern=ADDRESS_PATTERN, max_length=2000)]
SourceKey = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,60}$")]


class Draft(BaseModel):
    """A strict, frozen model: a field that is not known is an error, not a surprise."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class SourceKind(StrEnum):
    """What sort of place speaks."""

    VENDOR_PAGE = "vendor_page"
    MODEL_CARD = "model_card"
    LICENSE = "license"
    LEADERBOARD = "leaderboard"
    PROVIDER_LISTING = "provider_listing"
    PRESS = "press"
    RESEARCH = "research"
    FORUM = "forum"
    RELEASE = "release"
    RECORD_FILE = "record_file"


class Availability(StrEnum):
    """Whether the weights of a model can be had."""

    RELEASED = "released"
    ANNOUNCED = "announced"
    NEVER_RELEASED = "never_released"
    NO_SUCH_MODEL = "no_such_model"
    NOT_A_MODEL = "not_a_model"
    UNKNOWN = "unknown"


class SourceDraft(Draft):
    """A document that was read: its address, who publishes it, what sort of place it is."""

    url: Address = Field(description="Address of the document.")
    publisher: Line = Field(description="Who publishes it.")
    kind: SourceKind
    title: Line | None = None
    published_on: date | None = Field(None, description="The document's own date, if it has one.")
    read_on: date | None = Field(
        None,
        description="The day you opened and read it; leave out what you know of at second hand.",
    )
    sha256: Sha256 | None = Field(None, description="SHA-256 of the text that was read.")


class Conditions(Draft):
    """Under which circumstances a claim or a result is meant to hold."""

    precision: Line | None = Field(None, description="bf16, fp8, int4 …")
    hardware: Line | None = None
    board: Line | None = Field(None, description="Leaderboard, for ratings.")
    benchmark: Line | None = None
    provider: Line | None = Field(None, description="Who serves the model, for what is served.")
    rule: Line | None = Field(None, description="The rule by which a figure was derived.")
    compared_to: list[Line] = Field(default_factory=list)
    artefacts: list[Line] = Field(default_factory=list, description="Models or places named.")
    clause: Line | None = Field(None, description="Where in a licence a term stands.")
    document: Line | None = Field(None, description="Which document a term stands in.")
    quote: Prose | None = Field(None, description="The clause's own words.")
    context_tokens: Count | None = Field(None, description="Prompt length, in tokens.")
    dated: date | None = Field(None, description="The day that the claim names.")
    promised: bool = Field(False, description="A promise, not a statement about today.")
    promised_for: date | None = Field(None, description="The day it was promised for.")
    note: Prose | None = None

    def as_stored(self) -> dict[str, object]:
        """Return what is set, JSON-ready; nothing that is not set."""
        return self.model_dump(mode="json", exclude_defaults=True)


class SightingDraft(Draft):
    """Where a claim was seen. The quote is a short fragment, exactly as it stands there."""

    source: SourceKey = Field(description="Key of an entry under `sources`.")
    quote: Annotated[str, StringConstraints(min_length=1, max_length=160), PlainText] | None = (
        Field(None, description="A few words, exactly as they stand in the source.")
    )
    locator: Line | None = Field(None, description="Heading or table in which it stands.")
    said_by: Line | None = Field(None, description="Who said it, when not the claim's speaker.")
    said_on: PartialDate | None = None


class ClaimDraft(Draft):
    """One proposition, said by somebody about a model.

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
    said_by: Line
    subject_text: Line | None = Field(None, description="The model's name as it was said.")
    seed: str | None = Field(
        None, pattern=r"^S[0-9]{2,3}$", description="Row number in the founding list."
    )
    conditions: Conditions = Field(default_factory=Conditions)
    sightings: list[SightingDraft] = Field(min_length=1)

    @model_validator(mode="after")
    def _check(self) -> Self:
        try:
            claim_type = find_claim_type(self.type)
        except KeyError as error:
            raise ValueError(str(error.args[0])) from None
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
            raise ValueError(f"{self.claimed!r} is no finite number")
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


class ResultDraft(Draft):
    """A result that somebody else reported, with where it stands."""

    metric: Line
    value: float | None = None
    low: float | None = None
    high: float | None = None
    text: Line | None = Field(None, description="The result in words, when it is no number.")
    unit: Line | None = None
    n: Count | None = None
    n_unit: Line | None = Field(None, description="What n counts: votes, questions …")
    rank: Count | None = None
    conditions: Conditions = Field(default_factory=Conditions)
    reported_by: Line
    as_of: PartialDate | None = Field(None, description="Day, month or year it is true of.")
    source: SourceKey
    locator: Line | None = None

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
