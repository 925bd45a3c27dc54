"""A document as it was fetched, and what its record in the archive tells of it besides bytes."""

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Annotated

from pydantic import Field, StringConstraints

from kb.domain.drafts import Draft, Line, SourceDraft, SourceKind


@dataclass(frozen=True)
class Fetched:
    """A document as it came: its address, bytes, and how it was served.

    `served_from` is the address that answered, where a redirect led to another one.
    """

    url: str
    body: bytes
    fetched_at: datetime
    http_status: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    served_from: str | None = None

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the body."""
        return hashlib.sha256(self.body).hexdigest()

    @property
    def media_type(self) -> str | None:
        """Media type as served, without parameters."""
        served = self.headers.get("content-type", "")
        return served.split(";")[0].strip().lower() or None


@dataclass(frozen=True)
class Brought:
    """Which crawler brought a document, and whose model its address says it is about."""

    crawler: str
    vendor: str | None = None
    about: str | None = None


class Origin(Draft):
    """What a record carries besides bytes and HTTP headers."""

    crawler: Line
    vendor: Line | None = None
    about: Line | None = None
    publisher: Line
    kind: SourceKind
    title: Line | None = None
    published_on: date | None = None
    previous_id: Annotated[str, StringConstraints(pattern=r"^snp_[0-9a-f]{16}$")] | None = None
    served_from: Annotated[str, StringConstraints(max_length=2000)] | None = None
    headers: dict[str, str] = Field(default_factory=dict, description="Where no HTTP was spoken.")

    @property
    def by(self) -> Brought:
        """Which crawler brought it."""
        return Brought(self.crawler, self.vendor, self.about)

    def as_source(self, url: str, read_on: date) -> SourceDraft:
        """Return the draft of the source that was read on that day."""
        return SourceDraft(
            url=url,
            publisher=self.publisher,
            kind=self.kind,
            title=self.title,
            published_on=self.published_on,
            read_on=read_on,
        )


def make_origin(
    source: SourceDraft, fetched: Fetched, by: Brought, previous_id: str | None
) -> Origin:
    """Return what the record of a snapshot must carry."""
    return Origin(
        crawler=by.crawler,
        vendor=by.vendor,
        about=by.about,
        publisher=source.publisher,
        kind=source.kind,
        title=source.title,
        published_on=source.published_on,
        previous_id=previous_id,
        served_from=fetched.served_from,
        headers={} if fetched.http_status is not None else fetched.headers,
    )
