"""Audits of the records: what was drawn, what each reader found, what was corrected since."""

from datetime import date

from sqlalchemy import JSON, Column
from sqlmodel import Field

from kb.tables.base import NULLABLE_JSON_COLUMN, JsonObject, Table


class Audit(Table, table=True):
    """A sample of the facts in the records that readers held against their sources.

    Written by the load stage; a file that was added to is a new row.
    """

    id: str = Field(primary_key=True, description="Made from all that the audit says.")
    supersedes_id: str | None = Field(
        default=None, foreign_key="audit.id", description="The same audit as loaded before."
    )
    name: str = Field(index=True, description="Name of its file in records/audits.")
    day: date = Field(description="The day of the draw.")
    seed: int = Field(description="The seed that gives the sample again.")
    sample: int = Field(description="How many facts were drawn.")
    drawn_from: int = Field(description="How many facts the records held.")
    digest: str | None = Field(
        default=None, description="SHA-256 of the ids of all facts drawn from."
    )
    note: str | None = Field(default=None, description="What else is to be known of it.")


class AuditJudgement(Table, table=True):
    """What a reader found of one fact, or of several that an audit only counted.

    Written by the load stage.
    """

    __tablename__ = "audit_judgement"

    id: str = Field(primary_key=True, description="Made from audit, reader and fact.")
    audit_id: str = Field(foreign_key="audit.id", index=True, description="The audit.")
    position: int = Field(description="Its place among the reader's judgements, from 1.")
    reader: str = Field(description="Who held the fact against its source.")
    fact_id: str | None = Field(
        default=None, description="The fact; empty where an audit only counted."
    )
    kind: str | None = Field(default=None, description="sighting, result, release or availability.")
    place: str = Field(description="Where it stood in the records.")
    says: JsonObject | None = Field(
        default=None,
        sa_column=Column(NULLABLE_JSON_COLUMN, nullable=True),
        description="What stood there.",
    )
    source_url: str | None = Field(default=None, description="Address of its source.")
    facts: int = Field(description="How many facts this is about.")
    outcome: str = Field(index=True, description="right, wrong, not_in_source or could_not_check.")
    parts: list[str] = Field(
        default_factory=list,
        sa_column=Column(JSON, nullable=False),
        description="What of it is wrong: value, speaker, model, date, conditions, source.",
    )
    note: str | None = Field(default=None, description="What the reader noted.")
    judged_on: date = Field(description="The day of the judgement.")


class AuditCorrection(Table, table=True):
    """What was corrected after an audit found it. Written by the load stage."""

    __tablename__ = "audit_correction"

    id: str = Field(primary_key=True, description="Made from audit, fact and words.")
    audit_id: str = Field(foreign_key="audit.id", index=True, description="The audit.")
    fact_id: str | None = Field(default=None, description="The fact, if it is one of the sample.")
    place: str = Field(description="Where it stood in the records.")
    corrected_on: date = Field(description="The day of the correction.")
    what: str = Field(description="What was changed.")
