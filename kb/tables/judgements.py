"""Judgements on whether two claims say the same thing."""

from datetime import datetime

from sqlmodel import Field

from kb.tables.base import Table, UtcDateTime


class Judgement(Table, table=True):
    """What somebody says about two claims: same, different or unsure. Written by the link stage."""

    id: str = Field(primary_key=True, description="Made from all but the time and the score.")
    left_id: str = Field(foreign_key="claim.id", index=True, description="The lower of the ids.")
    right_id: str = Field(foreign_key="claim.id", index=True, description="The other claim.")
    outcome: str = Field(index=True, description="same, different, unsure, or withdrawn.")
    score: float | None = Field(default=None, description="How alike they are, 0 to 1.")
    reason: str = Field(description="Why, in words.")
    author: str = Field(index=True, description="rule:name/version, or the person who said it.")
    supersedes_id: str | None = Field(
        default=None, foreign_key="judgement.id", description="The judgement before this one."
    )
    judged_at: datetime = Field(sa_type=UtcDateTime, description="When it was given, UTC.")
