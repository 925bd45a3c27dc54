"""Drafts of sources, and the kinds of places and releases there are."""

from datetime import date
from enum import StrEnum

from pydantic import Field

from kb.domain.drafts.fields import Address, Draft, Line, Sha256


class SourceKind(StrEnum):
    """What kind of source it is."""

    VENDOR_PAGE = "vendor_page"
    MODEL_CARD = "model_card"
    LICENSE = "license"
    LEADERBOARD = "leaderboard"
    PROVIDER_LISTING = "provider_listing"
    PRESS = "press"
    RESEARCH = "research"
    FORUM = "forum"
    RELEASE = "release"
    RECORD_FILE = "record_file"


class Availability(StrEnum):
    """Whether the weights of a model are available."""

    RELEASED = "released"
    ANNOUNCED = "announced"
    NEVER_RELEASED = "never_released"
    NO_SUCH_MODEL = "no_such_model"
    NOT_A_MODEL = "not_a_model"
    UNKNOWN = "unknown"


class SourceDraft(Draft):
    """A document that was read: its address, its publisher, and what kind of source it is."""

    url: Address = Field(description="Address of the document.")
    publisher: Line = Field(description="Who publishes it.")
    author: Line | None = Field(
        None, description="Who speaks in it, when that is not its publisher."
    )
    kind: SourceKind
    title: Line | None = None
    published_on: date | None = Field(None, description="The document's own date, if it has one.")
    read_on: date | None = Field(
        None,
        description="The day you read it; leave it out if you know it only at second hand.",
    )
    sha256: Sha256 | None = Field(None, description="SHA-256 of the text that was read.")
