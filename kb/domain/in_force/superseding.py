"""What is in force: rows that no later row supersedes, and rows that something in force asserts.

Rows are not deleted: a new verdict, reading or version of a record file names the one it
supersedes. A version or a reading asserts the rows that it yields. Such a row is in force as long
as one that asserts it is not superseded; rows that nothing asserts, like our own measurements, are
always in force. The rule on superseding stands here in both languages that apply it, and a test
holds them to the same answer.
"""

from collections.abc import Iterable
from typing import Protocol, TypeVar


class Superseding(Protocol):
    """A row that may take the place of an earlier one."""

    id: str
    supersedes_id: str | None


class ReadingRow(Superseding, Protocol):
    """A reading of a snapshot."""

    snapshot_id: str


class AssertionRow(Protocol):
    """That a revision or a reading asserts a row."""

    by_id: str
    row_id: str


AnySuperseding = TypeVar("AnySuperseding", bound=Superseding)
AnyReading = TypeVar("AnyReading", bound=ReadingRow)

CURRENT_VERDICTS = """
        select v.* from verdict v
        where not exists (select 1 from verdict w where w.supersedes_id = v.id)
        """
SUPERSEDED = """
        select supersedes_id from revision where supersedes_id is not null
        union select supersedes_id from reading where supersedes_id is not null
        """
OUT_OF_FORCE = f"""
        select a.row_id from assertion a where a.by_id in ({SUPERSEDED}) and not exists (
            select 1 from assertion b where b.row_id = a.row_id and b.by_id not in ({SUPERSEDED})
        )
        """  # noqa: S608 (our own words)


def drop_superseded(rows: Iterable[AnySuperseding]) -> list[AnySuperseding]:
    """Return the rows that no other of them supersedes."""
    known = list(rows)
    superseded = {row.supersedes_id for row in known}
    return [row for row in known if row.id not in superseded]


def find_current_readings(readings: Iterable[AnyReading]) -> dict[str, AnyReading]:
    """Return the reading in force of each snapshot."""
    return {reading.snapshot_id: reading for reading in drop_superseded(readings)}


def find_out_of_force(
    assertions: Iterable[AssertionRow], asserting: Iterable[Superseding]
) -> set[str]:
    """Return the ids of the rows that only superseded revisions and readings assert."""
    superseded = {row.supersedes_id for row in asserting}
    by_fate: dict[bool, set[str]] = {True: set(), False: set()}
    for assertion in assertions:
        by_fate[assertion.by_id in superseded].add(assertion.row_id)
    return by_fate[True] - by_fate[False]
