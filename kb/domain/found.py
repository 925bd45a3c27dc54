"""What extractors hand on: claims with their place, releases, and what was left out."""

from typing import Annotated, Any

from pydantic import Field, StringConstraints

from kb.domain.drafts import Conditions, Draft, Line, Sha256


class FoundClaim(Draft):
    """A claim that an extractor found, with its exact place in the text of the snapshot."""

    type: Line
    claimed: Line
    quote: Annotated[str, StringConstraints(min_length=1, max_length=500)]
    locator: Line
    start: int = Field(ge=0)
    end: int = Field(ge=1)
    metric: Line | None = None
    conditions: Conditions = Field(default_factory=Conditions)


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
    """All that was read out of one document, and what was not: kept + excluded = candidates."""

    claims: list[FoundClaim] = Field(default_factory=list)
    excluded: list[tuple[str, str]] = Field(
        default_factory=list, description="Candidates left out, each with the reason."
    )
