"""Documents in which claims appear, and the bytes that were fetched."""

from datetime import date, datetime

from sqlmodel import Field

from kb.tables.base import JSON_COLUMN, JsonObject, Table, UtcDateTime


class Source(Table, table=True):
    """A document in which claims appear. Written by the load and snapshot stages."""

    id: str = Field(primary_key=True, description="Made from the address.")
    url: str = Field(unique=True, description="Address of the document.")
    publisher: str = Field(description="Who publishes it.")
    author: str | None = Field(
        default=None, description="Who speaks in it, when that is not its publisher."
    )
    kind: str = Field(index=True, description="Kind of source: press, model_card, license …")
    title: str | None = Field(default=None, description="Title of the document.")
    published_on: date | None = Field(default=None, description="The document's own date.")
    read_on: date | None = Field(default=None, description="Day on which it was read by a person.")
    text_sha256: str | None = Field(default=None, description="SHA-256 of the text read.")


class Snapshot(Table, table=True):
    """The bytes of a source as fetched, in the archive. Written by the snapshot stage."""

    id: str = Field(primary_key=True, description="Made from source, bytes and predecessor.")
    source_id: str = Field(foreign_key="source.id", index=True, description="What was fetched.")
    previous_id: str | None = Field(
        default=None, foreign_key="snapshot.id", description="The snapshot before this one."
    )
    sha256: str = Field(index=True, description="SHA-256 of the body.")
    size_bytes: int = Field(description="Length of the body, in bytes.")
    media_type: str | None = Field(default=None, description="Media type as served.")
    http_status: int | None = Field(default=None, description="Status of the HTTP answer.")
    headers: JsonObject = Field(
        default_factory=dict, sa_type=JSON_COLUMN, description="HTTP headers of the answer."
    )
    served_from: str | None = Field(
        default=None, description="Address that answered, where a redirect led to another one."
    )
    archive_name: str = Field(description="Name of the WARC file in the archive.")
    fetched_at: datetime = Field(sa_type=UtcDateTime, description="When it was fetched, UTC.")
    crawler: str | None = Field(
        default=None, index=True, description="Which crawler brought it; its extractor reads it."
    )
    vendor: str | None = Field(
        default=None, description="Whose model it is about, if the address says."
    )
    about: str | None = Field(
        default=None, description="Which model it is about, if the address says."
    )


class Reading(Table, table=True):
    """What came of reading one snapshot: kept + excluded + failed = candidates.

    Written by the extract stage.
    """

    id: str = Field(primary_key=True, description="Made from snapshot and extractor.")
    snapshot_id: str = Field(foreign_key="snapshot.id", index=True, description="What was read.")
    extractor: str = Field(description="What read it, with its version.")
    supersedes_id: str | None = Field(
        default=None, foreign_key="reading.id", description="The reading before this one."
    )
    inputs: str | None = Field(
        default=None,
        description="Digest of what it was told besides the bytes: names on record, and what is "
        "known of the source. Where these change, the snapshot is read again.",
    )
    kept: int = Field(description="Claims and results that were found.")
    excluded: int = Field(description="Places left out on purpose.")
    failed: int = Field(description="Places that could not be read.")
    reasons: JsonObject = Field(
        default_factory=dict,
        sa_type=JSON_COLUMN,
        description="How many places were left out or failed, by reason, and the first of each.",
    )
