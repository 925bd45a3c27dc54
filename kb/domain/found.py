"""What extractors are given, and what they hand on: claims with their place, releases, results."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from kb.domain.claim_types import Operator
from kb.domain.drafts import (
    AttributionDraft,
    Conditions,
    Count,
    Draft,
    Line,
    PartialDate,
    Sha256,
    SourceKind,
)
from kb.domain.encoding import Encoder
from kb.domain.outcomes import Basis, EvidenceKind

Quote = Annotated[str, StringConstraints(min_length=1, max_length=500)]


@dataclass(frozen=True)
class ReadDocument:
    """A document to read claims from: its bytes, and what is known of it beforehand.

    `vendor` and `about` name whose model it is about, where the address tells; `text` is the
    body as UTF-8, the text that offsets count in; `encoder` is there to decide by meaning what
    rules leave open.
    """

    url: str
    body: bytes
    kind: SourceKind
    publisher: str
    media_type: str | None = None
    vendor: str | None = None
    about: str | None = None
    title: str | None = None
    published_on: date | None = None
    headers: dict[str, str] = field(default_factory=dict)
    encoder: Encoder | None = None

    @property
    def text(self) -> str:
        """The body as text; bytes that are no UTF-8 become U+FFFD."""
        return self.body.decode("utf-8", "replace")


class Found(Draft):
    """Something found, with its exact place in the text of the snapshot."""

    quote: Quote
    locator: Line
    start: int = Field(ge=0)
    end: int = Field(ge=1)
    subject: Line | None = Field(
        None, description="The model's name as it stands there; None is the document's own."
    )
    vendor: Line | None = Field(None, description="Who makes it, where the document tells.")
    conditions: Conditions = Field(default_factory=Conditions)


class FoundClaim(Found):
    """A claim that an extractor found.

    `claimed_value`, `claimed_high`, `unit` and `operator` are read from `claimed_text` unless
    given.
    """

    claim_type: Line
    claimed_text: Line
    metric: Line | None = None
    claimed_value: float | None = None
    claimed_high: float | None = None
    unit: Line | None = None
    operator: Operator | None = None
    about: Literal["own", "competitor"] = "own"
    said_by: Line | None = Field(
        None, description="Who speaks there, when not the document's author."
    )
    attribution: AttributionDraft | None = Field(
        None, description="Whom the document quotes or reports there, if anybody."
    )
    said_on: PartialDate | None = Field(None, description="The document's own date, if it has one.")


class FoundResult(Found):
    """A result that a document reports, like a leaderboard's rating of a day.

    One that was read from a release itself, like its number of layers, says so in its basis.
    """

    metric: Line
    basis: Literal[Basis.REPORTED_BY_OTHERS, Basis.READ_FROM_RELEASE] = Basis.REPORTED_BY_OTHERS
    value: float | None = None
    text: Line | None = Field(None, description="The result, when it is not a number.")
    low: float | None = None
    high: float | None = None
    unit: Line | None = None
    n: Count | None = None
    n_unit: Line | None = None
    rank: Count | None = None
    as_of: PartialDate | None = None
    evidence: EvidenceKind = EvidenceKind.REPORT

    @model_validator(mode="after")
    def _check(self) -> Self:
        if (self.value is None) == (self.text is None):
            raise ValueError("a result has either a value or a text")
        low = self.value if self.low is None else self.low
        high = self.value if self.high is None else self.high
        if self.value is not None and not (low <= self.value <= high):  # type: ignore[operator]
            raise ValueError(f"value {self.value} lies outside its interval [{low}, {high}]")
        return self


class FoundRelease(Draft):
    """A release that a crawl found: what it is of, where it is, what its headers say."""

    model_name: Line
    vendor: Line
    repository: Line
    revision: Line | None = None
    format: Line | None = None
    precision: Line | None = None
    manifest_sha256: Sha256 | None = None
    facts: dict[str, Any] = Field(default_factory=dict)


class Extraction(Draft):
    """All that was read out of one document, and what was not.

    kept + excluded + failed = candidates; each exclusion and failure has its reason.
    """

    claims: list[FoundClaim] = Field(default_factory=list)
    results: list[FoundResult] = Field(default_factory=list)
    releases: list[FoundRelease] = Field(default_factory=list)
    excluded: list[tuple[str, str]] = Field(
        default_factory=list, description="Candidates left out on purpose, each with the reason."
    )
    failed: list[tuple[str, str]] = Field(
        default_factory=list, description="Candidates that could not be read, with the reason."
    )

    @property
    def kept(self) -> int:
        """How many claims and results were kept."""
        return len(self.claims) + len(self.results)

    @property
    def candidates(self) -> int:
        """How many places looked like a claim."""
        return self.kept + len(self.excluded) + len(self.failed)


@dataclass(frozen=True)
class Extractor:
    """What reads the documents that one crawler brings in; a change of `read` is a new version.

    `text_version` is that of the reader of texts, for those that hand their texts to it.
    """

    crawler: str
    version: int
    read: Callable[[ReadDocument], Extraction]
    text_version: int | None = None

    @property
    def name(self) -> str:
        """`crawler/version`, as it stands in sightings; with the version of the reader of texts."""
        text = "" if self.text_version is None else f"+text/{self.text_version}"
        return f"{self.crawler}/{self.version}{text}"
