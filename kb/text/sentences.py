"""Text → sentences, each knowing where it stands in its text."""

import itertools
import re

_END = re.compile(r"(?<=[.!?])(?:[\"”’)\]]{0,2})\s+(?=[A-Z0-9“\"(\[•*])")
_NOT_AN_END = re.compile(
    r"(?:\b(?:e\.g|i\.e|vs|etc|cf|approx|no|fig|sec|al|inc|ltd|dr|mr|st|v)|\b[A-Z])\.$",
    re.IGNORECASE,
)
_LONGEST = 1500


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Return start and end of each sentence; very long ones are cut."""
    ends = [
        match.end()
        for match in _END.finditer(text)
        if not _NOT_AN_END.search(text[max(0, match.start() - 12) : match.start()])
    ]
    edges = [0, *ends, len(text)]
    spans: list[tuple[int, int]] = []
    for start, end in itertools.pairwise(edges):
        while end - start > _LONGEST:
            spans.append((start, start + _LONGEST))
            start += _LONGEST
        if end > start:
            spans.append((start, end))
    return spans
