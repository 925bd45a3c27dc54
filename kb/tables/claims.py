"""Claims, and where they were seen."""

from sqlmodel import Field

from kb.tables.base import JSON_COLUMN, JsonObject, Table


class Claim(Table, table=True):
    """One thing somebody says about a model. Written by the load and extract stages."""

    id: str = Field(primary_key=True, description="Made from what is claimed.")
    model_id: str = Field(foreign_key="model.id", index=True, description="The model it is about.")
    subject_text: str = Field(description="The model's name as it was said.")
    claim_type: str = Field(index=True, description="Key into the table of claim types.")
    metric: str | None = Field(default=None, description="Name of the test, for scores.")
    claimed_text: str = Field(description="The claim in a few words.")
    operator: str | None = Field(default=None, description="=, ~, <=, <, >= or >.")
    claimed_value: float | None = Field(default=None, description="Claimed value, decimal K and M.")
    claimed_high: float | None = Field(
        default=None, description="Upper reading of the value: binary K and M, or a range's end."
    )
    unit: str | None = Field(default=None, description="Unit of the value.")
    question: str | None = Field(
        default=None, description="Why we ask it, where nobody made the claim; else empty."
    )
    conditions: JsonObject = Field(
        default_factory=dict,
        sa_type=JSON_COLUMN,
        description="The conditions it is said to hold under.",
    )
    seed: str | None = Field(default=None, index=True, description="Row in the founding list.")


class Sighting(Table, table=True):
    """A place in a source where a claim appears. Written by the load and extract stages."""

    id: str = Field(primary_key=True, description="Made from claim, source and place.")
    claim_id: str = Field(foreign_key="claim.id", index=True, description="The claim seen.")
    source_id: str = Field(foreign_key="source.id", index=True, description="Where it was seen.")
    snapshot_id: str | None = Field(
        default=None, foreign_key="snapshot.id", description="The bytes in which it was seen."
    )
    quote: str | None = Field(default=None, description="A few words, exactly as they are printed.")
    locator: str | None = Field(default=None, description="Where in the source they appear.")
    quote_start: int | None = Field(default=None, description="Offset of the quote, in characters.")
    quote_end: int | None = Field(
        default=None, description="Offset of the end of the quote, in characters."
    )
    said_by: str = Field(description="Who speaks there: the document's author, as a rule.")
    attributed_to: str | None = Field(
        default=None, description="Whom the speaker quotes or reports, if anybody."
    )
    attributed_org: str | None = Field(
        default=None, description="The organisation that a person so quoted speaks for."
    )
    attribution: str | None = Field(default=None, description="quoted or reported.")
    attribution_words: str | None = Field(
        default=None, description="The words of the document that say so."
    )
    figure_of: str | None = Field(
        default=None, description="Whose figure it is, when it is not the speaker's."
    )
    disputes: bool = Field(default=False, description="Whether the passage disputes the claim.")
    note: str | None = Field(
        default=None, description="What the passage leaves out of the claim, or says beside it."
    )
    said_on: str | None = Field(
        default=None, description="When it was said, as an ISO date that may lack day or month."
    )
    extractor: str = Field(description="What found it: a person's record, or an extractor.")
    words_key: str | None = Field(
        default=None, index=True, description="Made from source, quote and words around it."
    )
