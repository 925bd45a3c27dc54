"""Dates as machines write them: HTTP, RFC 822, ISO 8601, Unix time, a name of a file."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

# "leaderboard_table_20250411.csv", "ratings-2025-04-11.parquet"
_IN_NAME = re.compile(r"(?<!\d)(20\d{2})[-_]?([01]\d)[-_]?([0-3]\d)(?!\d)")
_FIRST_YEAR, _LAST_YEAR = 1990, 2100


def parse_date(text: str | None) -> date | None:
    """Return the day that an ISO 8601 or RFC 822 date names, or None.

    A day is that of the place where it was written: the clock's zone is not heeded.
    """
    if text is None or len(text) > 100:
        return None
    words = text.strip()
    try:
        return _check(date.fromisoformat(words[:10]))
    except ValueError:
        pass
    try:
        return _check(parsedate_to_datetime(words).date())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _check(day: date) -> date | None:
    return day if _FIRST_YEAR <= day.year <= _LAST_YEAR else None


def read_http_date(headers: Mapping[str, str]) -> str | None:
    """Return the day in UTC on which a document was served, as its `date` header says."""
    try:
        served = parsedate_to_datetime(headers.get("date", ""))
    except (ValueError, TypeError, IndexError):
        return None
    return served.astimezone(UTC).date().isoformat()


def find_date_in_name(name: str) -> str | None:
    """Return the day in the name of a file, like `table_20250411.csv`, or None."""
    for match in reversed(list(_IN_NAME.finditer(name))):
        try:
            return date(int(match[1]), int(match[2]), int(match[3])).isoformat()
        except ValueError:
            continue
    return None


def make_day(seconds: float) -> str | None:
    """Return the day in UTC of a Unix time, or None when it is none."""
    try:
        day = _check(datetime.fromtimestamp(seconds, UTC).date())
    except (ValueError, OverflowError, OSError):
        return None
    return day.isoformat() if day else None
