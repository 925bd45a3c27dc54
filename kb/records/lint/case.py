"""A record to lint, and how a rule says what it finds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from kb.records.drafts import RecordDraft
from kb.records.files import Problem, RecordFile, Severity

A_DAY = timedelta(days=1)  # somewhere on Earth it is tomorrow already


@dataclass(frozen=True)
class LintCase:
    """One record, and the day on which it is looked at."""

    record: RecordFile
    today: date

    @property
    def draft(self) -> RecordDraft:
        """What the record says."""
        return self.record.draft

    def error(self, path: Sequence[str | int], message: str) -> Problem:
        """Something that is surely wrong."""
        return Problem(self.record.name, self.record.find_line(path), message)

    def warning(self, path: Sequence[str | int], message: str) -> Problem:
        """Something that may be right, and is worth a look."""
        line = self.record.find_line(path)
        return Problem(self.record.name, line, message, Severity.WARNING)


def as_decimal(value: float) -> Decimal:
    """Return a figure with the digits that it was written with, as far as they can be told."""
    return Decimal(repr(value))


def as_words(value: float) -> str:
    """Return a figure as a reader would write it."""
    return f"{value:,.10g}"
