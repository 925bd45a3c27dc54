"""Text → sentences, each knowing where it stands in its text."""

import itertools
import re

# A full stop, then a capital, a figure or a bullet: "8B. It", "8B. • It"
_END = re.compile(r"(?<=[.!?])(?:[\"”’)\]]{0,2})\s+(?=[A-Z0-9“\"(\[•*])")
# "e.g. Llama", "Fig. 2", "J. Smith"
_NOT_AN_END = re.compile(
    r"(?:\b(?:e\.g|i\.e|vs|etc|cf|approx|no|fig|sec|al|inc|ltd|dr|mr|st|v)|\b[A-Z])\.$",
    re.IGNORECASE,
)
# A text without full stops, such as a list run together.
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
