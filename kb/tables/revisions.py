"""Versions of record files, what each version or reading asserts, and what was corrected."""

from datetime import date, datetime

from sqlmodel import Field

from kb.tables.base import Table, UtcDateTime


class Revision(Table, table=True):
    """One version of a record file as it was loaded. Written by the load stage."""

    id: str = Field(
        primary_key=True, description="Made from file, text, rows and the version before."
    )
    record: str = Field(index=True, description="Name of the record file.")
    sha256: str | None = Field(
        default=None,
        description="SHA-256 of its text; empty if it was loaded before texts were kept.",
    )
    supersedes_id: str | None = Field(
        default=None, foreign_key="revision.id", description="The version before this one."
    )
    content: str | None = Field(default=None, description="Its text, as it was loaded.")
    loaded_at: datetime = Field(sa_type=UtcDateTime, description="When it was loaded, UTC.")


class Assertion(Table, table=True):
    """A row that a version of a record file, or a reading, asserts.

    Written by the load and extract stages.
    """

    by_id: str = Field(primary_key=True, description="The revision or reading.")
    row_id: str = Field(primary_key=True, index=True, description="The row it asserts.")


class Correction(Table, table=True):
    """A field of something we published that was wrong. Written by the load stage."""

    id: str = Field(primary_key=True, description="Made from all its other columns.")
    kind: str = Field(
        index=True,
        description="What was corrected: claim, sighting, result, release, model, or withdrawn: a "
        "claim that we no longer record.",
    )
    model_id: str = Field(foreign_key="model.id", index=True, description="The model it is about.")
    old_id: str = Field(index=True, description="Id that it had before.")
    new_id: str | None = Field(
        default=None, index=True, description="Id that it has now; empty if it was withdrawn."
    )
    about_id: str | None = Field(
        default=None, index=True, description="The claim or model on whose page it is told."
    )
    part: str | None = Field(
        default=None,
        description="Of a sighting the document's publisher, of a result its metric and who "
        "reported it, of a release its repository.",
    )
    field: str | None = Field(
        default=None,
        description="Which field was wrong, as in record files; of a withdrawn claim its type.",
    )
    was: str | None = Field(default=None, description="What stood there before.")
    now: str | None = Field(default=None, description="What stands there now.")
    why: str = Field(description="What was wrong, in words.")
    corrected_on: date = Field(description="Day of the correction.")
    record: str = Field(description="Name of the record file.")
