"""What people, and rules that earned it, decided of machine readings."""

from datetime import datetime

from sqlmodel import Field

from kb.tables.base import JSON_COLUMN, NULLABLE_JSON_COLUMN, JsonObject, Table, UtcDateTime


class ReviewDecision(Table, table=True):
    """A decision on what a machine read in a document. Written by the review stage.

    It names no row of a reading, only its key: the same words, read as the same thing, have it in
    every later snapshot and for every later reader.
    """

    __tablename__ = "review_decision"

    id: str = Field(primary_key=True, description="Made from all but the time.")
    key: str = Field(index=True, description="Made from source, words, model, kind and figure.")
    words_key: str = Field(index=True, description="Made from source, quote and words around it.")
    decision: str = Field(index=True, description="accepted, rejected, mended or withdrawn.")
    said: JsonObject = Field(
        default_factory=dict, sa_type=JSON_COLUMN, description="What the machine had read."
    )
    details: str = Field(description="Conditions and bounds of what it had read, as JSON.")
    mended: JsonObject | None = Field(
        default=None, sa_type=NULLABLE_JSON_COLUMN, description="What the words really say."
    )
    mended_key: str | None = Field(default=None, description="The key of what they really say.")
    mended_details: str | None = Field(default=None, description="Its conditions and bounds.")
    mended_id: str | None = Field(
        default=None, description="The claim or result that stands in the place of the reading's."
    )
    author: str = Field(index=True, description="Who decided: a person, or rule:name/version.")
    reason: str = Field(description="Why, in words.")
    scope: str = Field(description="one, table or document: how many were decided at once.")
    extractor: str = Field(description="What had read it, with its version.")
    kind: str = Field(description="Claim type; for a result, `result` and its metric.")
    source_id: str = Field(foreign_key="source.id", index=True, description="The document.")
    source_kind: str = Field(description="Kind of source.")
    quote: str | None = Field(default=None, description="The words that were read.")
    supersedes_id: str | None = Field(
        default=None, foreign_key="review_decision.id", description="The decision before this one."
    )
    decided_at: datetime = Field(sa_type=UtcDateTime, description="When it was given, UTC.")
