"""YAML front matter of model cards: the few keys we read, each with its place."""

import re
from dataclasses import dataclass

from kb.domain.found import Extraction, FoundClaim

# The YAML between two lines of "---" with which model cards begin.
_FRONT_MATTER = re.compile(r"\A---\r?\n(.*?)\r?\n---\r?\n", re.DOTALL)
_WORD = re.compile(r"[\w.\-/ ]{1,100}")


@dataclass(frozen=True)
class FrontMatterValue:
    """The value of a key, and the line it stands on with its offsets in the card."""

    value: str
    line: str
    start: int


def find_front_matter(card: str, key: str) -> FrontMatterValue | None:
    """Return the plain one-line value of a top-level `key`, or None.

    Searched line by line, so that no card, however made, takes more than linear time.
    """
    front = _FRONT_MATTER.match(card)
    if front is None:
        return None
    at = front.start(1)
    for line in front[1].splitlines(keepends=True):
        if line.startswith(f"{key}:"):
            value = line[len(key) + 1 :].strip().strip("\"'").strip()
            if _WORD.fullmatch(value):
                return FrontMatterValue(value, line.rstrip(), at)
        at += len(line)
    return None


def extract_license(card: str) -> Extraction:
    """Return the licence that a card's front matter names, as a claim with its place."""
    found = find_front_matter(card, "license")
    if found is None:
        return Extraction()
    claim = FoundClaim(
        claim_type="license",
        claimed_text=found.value,
        quote=found.line,
        locator="front matter",
        start=found.start,
        end=found.start + len(found.line),
    )
    return Extraction(claims=[claim])
