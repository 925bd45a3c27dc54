"""Months as people write them: "August 2024", "2024-08", "Oct. 2023" → 2024-08."""

import re

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
# "August 2024", "Aug. 1st, 2024"
_WORDS = re.compile(
    r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?,?\s+(?:\d{1,2}(?:st|nd|rd|th)?,?\s+)?((?:19|20)\d\d)\b",
    re.IGNORECASE,
)
# "2024-08", "2024/08/01"
_DIGITS = re.compile(r"\b((?:19|20)\d\d)[-/.](0[1-9]|1[0-2])(?:[-/.]\d{1,2})?\b")


def find_months(text: str) -> list[tuple[str, int, int]]:
    """Return the months named in `text` as YYYY-MM, with their places."""
    found = [
        (f"{m[2]}-{_MONTHS.index(m[1].lower()) + 1:02d}", m.start(), m.end())
        for m in _WORDS.finditer(text)
    ]
    found += [(f"{m[1]}-{m[2]}", m.start(), m.end()) for m in _DIGITS.finditer(text)]
    return sorted(found, key=lambda match: match[1])
