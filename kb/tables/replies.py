"""What vendors said in reply to a claim and its verdict."""

from datetime import date, datetime

from sqlmodel import Field

from kb.tables.base import Table, UtcDateTime


class VendorReply(Table, table=True):
    """A vendor's reply to a claim; it is shown beside the verdict and does not replace it.

    Written by the stage that takes accepted replies.
    """

    __tablename__ = "vendor_reply"

    id: str = Field(primary_key=True, description="Made from claim, vendor, speaker, words, link.")
    claim_id: str = Field(foreign_key="claim.id", index=True, description="The claim answered.")
    vendor: str = Field(description="The vendor it speaks for.")
    said_by: str = Field(description="Who says it.")
    said_on: date | None = Field(default=None, description="The day it was said, if known.")
    text: str = Field(description="The reply, as it was given.")
    url: str = Field(description="Where the vendor says so itself.")
    accepted_by: str = Field(description="Who reviewed and accepted it.")
    accepted_at: datetime = Field(sa_type=UtcDateTime, description="When that was, UTC.")
