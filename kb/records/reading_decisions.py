"""What is decided of a machine's reading outside the base: a line of a file, an editor's form."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from kb.domain.drafts import Draft, Line
from kb.domain.review.decisions import Choice, Scope


class MendingDraft(Draft):
    """What the words really say; what is left out was read rightly."""

    model: Line | None = None
    vendor: Line | None = None
    type: Line | None = None
    metric: Line | None = None
    claimed: Line | None = None


class DecisionLine(Draft):
    """One line of a file of decisions."""

    key: Annotated[str, StringConstraints(min_length=6, max_length=40)]
    decision: Choice
    reason: Line | None = None
    by: Line | None = None
    mended: MendingDraft | None = None


class EditorDecision(Draft):
    """What an editor decided on the dashboard, as it waits to be taken into the base."""

    reading: Annotated[str, StringConstraints(pattern=r"^(sgt|mea)_[0-9a-z_]{1,40}$")] = Field(
        description="The sighting or result."
    )
    decision: Literal[Choice.ACCEPTED, Choice.REJECTED, Choice.MENDED]
    by: Line
    reason: Line
    scope: Scope = Scope.ONE
    mended: MendingDraft | None = None
