"""The state of each machine reading, by the decisions on record."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic

from kb.domain.review.decisions import AnyDecision, Choice, Scope, find_decisions
from kb.domain.review.precision import Judged, Precision, ReadingKind, count_precisions
from kb.domain.review.statements import Statement, make_reading_key


class ReviewState(StrEnum):
    """Whether readers may rely on a reading. People's records and headers need no review."""

    RECORD = "record"
    RELEASE = "release"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    MENDED = "mended"
    UNREVIEWED = "unreviewed"


@dataclass(frozen=True)
class Reading:
    """What a machine read: the row it made, the words it read, and what it read in them."""

    row_id: str
    words_key: str
    said: Statement
    extractor: str
    source_kind: str

    @property
    def key(self) -> str:
        """What decisions on it are kept under."""
        return make_reading_key(self.words_key, self.said)

    @property
    def reading_kind(self) -> ReadingKind:
        """What its precision is counted by."""
        return ReadingKind(self.extractor, self.said.kind, self.source_kind)


@dataclass(frozen=True)
class Reviewed(Generic[AnyDecision]):
    """The state of a reading, and the decision that gives it."""

    state: ReviewState
    decision: AnyDecision | None = None

    @property
    def mended_id(self) -> str | None:
        """The claim or result that stands in its place, if it was mended."""
        is_mended = self.state is ReviewState.MENDED and self.decision is not None
        return self.decision.mended_id if is_mended and self.decision else None


class ReviewBook(Generic[AnyDecision]):
    """All decisions in force: people's, and those of rules whose precision still bears them.

    `readings` are at least those whose words anybody decided on.
    """

    def __init__(self, decisions: Iterable[AnyDecision], readings: Iterable[Reading]) -> None:
        known = list(decisions)
        self.people = find_decisions(known, of_rules=False)
        self._mended = {
            row.mended_key: row for row in self.people.values() if row.mended_key is not None
        }
        self.precisions: dict[ReadingKind, Precision] = count_precisions(
            [*self._list_decided(), *self._list_read(readings)]
        )
        self.rules = {
            key: row
            for key, row in find_decisions(known, of_rules=True).items()
            if self._is_earned(row)
        }

    def get_review(self, reading: Reading) -> Reviewed[AnyDecision]:
        """Return the state of a reading."""
        decision = self.people.get(reading.key)
        if decision is None and reading.key in self._mended:
            return self._review_mended(reading)
        decision = decision or self.rules.get(reading.key)
        if decision is None:
            return Reviewed(ReviewState.UNREVIEWED)
        if decision.decision == Choice.ACCEPTED and decision.details != reading.said.details:
            return Reviewed(ReviewState.UNREVIEWED)
        if decision.decision == Choice.MENDED and self._is_rejected(decision.mended_key):
            return Reviewed(ReviewState.REJECTED, self.people[decision.mended_key or ""])
        return Reviewed(ReviewState(decision.decision), decision)

    def list_mended_ids(self) -> set[str]:
        """Return the claims and results that stand because somebody mended a reading to them."""
        return {row.mended_id for row in self._mended.values() if row.mended_id is not None}

    def _review_mended(self, reading: Reading) -> Reviewed[AnyDecision]:
        """The reading now says what a person mended it to."""
        decision = self._mended[reading.key]
        if decision.mended_details != reading.said.details:
            return Reviewed(ReviewState.UNREVIEWED)
        return Reviewed(ReviewState.ACCEPTED, decision)

    def _is_rejected(self, key: str | None) -> bool:
        decision = self.people.get(key or "")
        return decision is not None and decision.decision == Choice.REJECTED

    def _list_decided(self) -> Iterator[Judged]:
        """What people said of readings one by one, by the reader of that day."""
        for key, row in self.people.items():
            if row.scope == Scope.ONE:
                yield ReadingKind(row.extractor, row.kind, row.source_kind), key, row.decision

    def _list_read(self, readings: Iterable[Reading]) -> Iterator[Judged]:
        """What that says of the readers of today, which read the same."""
        for reading in readings:
            decision = self.people.get(reading.key)
            mended = self._mended.get(reading.key)
            if decision is not None and decision.scope == Scope.ONE:
                yield reading.reading_kind, reading.key, decision.decision
            elif decision is None and mended is not None and mended.scope == Scope.ONE:
                yield reading.reading_kind, reading.key, Choice.ACCEPTED

    def _is_earned(self, decision: AnyDecision) -> bool:
        kind = ReadingKind(decision.extractor, decision.kind, decision.source_kind)
        precision = self.precisions.get(kind)
        return precision is not None and precision.is_earned
