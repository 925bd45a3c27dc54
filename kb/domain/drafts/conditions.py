"""Under which circumstances a claim or a result holds."""

from datetime import date

from pydantic import Field

from kb.domain.drafts.fields import Count, Draft, Line, Prose


class Conditions(Draft):
    """The conditions under which a claim or a result holds."""

    precision: Line | None = Field(None, description="bf16, fp8, int4 …")
    hardware: Line | None = None
    engine: Line | None = Field(None, description="The software that served the model.")
    board: Line | None = Field(None, description="Leaderboard, for ratings.")
    benchmark: Line | None = None
    provider: Line | None = Field(
        None, description="Who serves the model, for claims about a service."
    )
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
