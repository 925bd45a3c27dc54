"""Drafts of record files: a model, its releases, the claims about it and what others found.

The JSON Schema in `schema/` is generated from `RecordDraft`.
"""

from datetime import date
from typing import Any, Self

from pydantic import Field, model_validator

from kb.domain.drafts import (
    Availability,
    ClaimDraft,
    CorrectionDraft,
    Draft,
    Line,
    Prose,
    ResultDraft,
    SourceDraft,
    SourceKey,
    WithdrawnDraft,
)
from kb.domain.drafts.corrections import make_corrected
from kb.domain.names import make_slug
from kb.models.architectures import make_shape


class ReleaseDraft(Draft):
    """Something that can be downloaded."""

    repository: Line
    revision: Line | None = None
    published_on: date | None = None
    format: Line | None = Field(None, description="safetensors, gguf …")
    precision: Line | None = None
    source: SourceKey
    config: dict[str, Any] | None = Field(
        None, description="Its config.json, as far as it tells the shape of the model."
    )
    config_sources: list[SourceKey] = Field(
        default_factory=list, description="Where its values were read; the first has most of them."
    )
    corrected: list[CorrectionDraft] = make_corrected()

    @model_validator(mode="after")
    def _check(self) -> Self:
        if (self.config is None) != (not self.config_sources):
            raise ValueError("`config` and `config_sources` belong together")
        if self.config is not None:
            make_shape(self.config)  # a ShapeError is a ValueError and says what is missing
        return self


class ModelDraft(Draft):
    """A model as its vendor names it."""

    name: Line
    vendor: Line
    aliases: list[Line] = Field(default_factory=list)
    not_the_same_as: list[Line] = Field(default_factory=list)
    variant_of: Line | None = Field(None, description="Name of the family or model it is one of.")
    availability: Availability = Availability.UNKNOWN
    availability_source: SourceKey | None = None
    note: Prose | None = None
    corrected: list[CorrectionDraft] = make_corrected()

    @model_validator(mode="after")
    def _check(self) -> Self:
        for name in (self.vendor, self.name):
            make_slug(name)
        known = self.availability is not Availability.UNKNOWN
        if known and self.availability_source is None:
            raise ValueError("`availability` needs `availability_source`, the source that says so")
        return self


class RecordDraft(Draft):
    """One record file: a model, its releases, the claims about it and what others found."""

    model: ModelDraft
    sources: dict[SourceKey, SourceDraft] = Field(min_length=1)
    releases: list[ReleaseDraft] = Field(default_factory=list)
    claims: list[ClaimDraft] = Field(default_factory=list)
    results: list[ResultDraft] = Field(default_factory=list)
    withdrawn: list[WithdrawnDraft] = Field(
        default_factory=list, description="Claims that we took back, as they stood."
    )
