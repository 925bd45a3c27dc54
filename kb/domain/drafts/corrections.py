"""Drafts of corrections: what stood in a record before, since when it is right, and why."""

from datetime import date
from typing import Any

from pydantic import Field

from kb.domain.drafts.fields import Draft, Line


class CorrectionDraft(Draft):
    """A note that a part of a record was wrong: its fields as they stood before."""

    on: date = Field(description="Day of the correction.")
    was: dict[str, Any] = Field(
        min_length=1,
        description="The fields that were wrong, as they stood; null for one that was not given.",
    )
    why: Line = Field(description="What was wrong, in a sentence.")


def make_corrected() -> Any:
    """Return the field that holds the corrections of a part of a record."""
    return Field(default_factory=list, description="What was wrong here, the latest note first.")
