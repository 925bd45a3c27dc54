"""What is decided of a reading, and which decision on it is in force."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeVar

RULE_PREFIX = "rule:"


class Choice(StrEnum):
    """What can be decided of a reading; `withdrawn` takes a decision back."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    MENDED = "mended"
    WITHDRAWN = "withdrawn"


class Scope(StrEnum):
    """How many readings were looked at to decide: each by itself, or many at once."""

    ONE = "one"
    TABLE = "table"
    DOCUMENT = "document"


class DecisionRow(Protocol):
    """A decision as it is on record.

    `details` are those of what was accepted, `mended_key` and `mended_details` those of what was
    mended, and `mended_id` its claim or result.
    """

    id: str
    key: str
    words_key: str
    decision: str
    details: str
    mended_key: str | None
    mended_details: str | None
    mended_id: str | None
    author: str
    scope: str
    extractor: str
    kind: str
    source_kind: str
    decided_at: datetime
    supersedes_id: str | None


AnyDecision = TypeVar("AnyDecision", bound=DecisionRow)


def is_rule(author: str) -> bool:
    """Whether a rule decided, and not a person."""
    return author.startswith(RULE_PREFIX)


def find_decisions(
    decisions: Iterable[AnyDecision], *, of_rules: bool, with_withdrawn: bool = False
) -> dict[str, AnyDecision]:
    """Return by key the last word of people, or of rules; none where it was taken back."""
    chosen = [row for row in decisions if is_rule(row.author) is of_rules]
    superseded = {row.supersedes_id for row in chosen}
    heads = [row for row in chosen if row.id not in superseded]
    ordered = sorted(heads, key=lambda row: (row.decided_at, row.id))
    last = {row.key: row for row in ordered}
    if with_withdrawn:
        return last
    return {key: row for key, row in last.items() if row.decision != Choice.WITHDRAWN}
