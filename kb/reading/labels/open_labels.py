"""Settle what rules leave open: values under labels that none of them knows."""

import re
from dataclasses import replace

from kb.domain.encoding import Encoder
from kb.reading.labels.label_meaning import find_meanings
from kb.reading.raw_claims import OpenLabel, RawClaims
from kb.reading.tables.cells import find_factor, read_cell

_NO_RULE = "a label that no rule knows"
_NOT_NEAR = "a label that no rule knows, and not clearly near in meaning to one"
_LONGEST_VALUE = 60
_COULD_SAY = re.compile(
    r"\W{0,3}(?:(?:up to|about|around|over|approx\.?)\s)?\W{0,2}\d[\d.,]*\s?(?:[KMBT]\b|[a-z]|$)"
    r"|.{0,20}(?:licen[sc]e|apache|\bmit\b)|(?:[A-Z][a-z]{2,8}\.? )?\d{4}\b",
    re.IGNORECASE,
)


def settle_open_labels(out: RawClaims, encoder: Encoder | None) -> None:
    """Read the values whose labels have a clear meaning; leave the rest out.

    Without an encoder nothing has.
    """
    waiting = [value for value in out.open if re.search(r"\d|licen[sc]e", value.text.text)]
    out.open.clear()
    asked = [value.label for value in waiting if _could_say(value.text.text)]
    meanings = find_meanings(asked, encoder) if encoder and asked else {}
    reason = _NOT_NEAR if encoder else _NO_RULE
    for value in waiting:
        meaning = meanings.get(value.label)
        found = (
            []
            if meaning is None
            else list(read_cell(meaning, value.text, find_factor(value.label)))
        )
        if len(found) == 1:
            locator = f"{value.locator} (by its meaning: {found[0].claim_type})"[:300]
            out.claims.append(replace(found[0], subjects=value.subjects, locator=locator))
        elif not value.is_read:
            out.leave_out(_show(value), reason)


def _could_say(value: str) -> bool:
    """Whether it is a value, and no sentence: asking what labels mean takes a while to start."""
    return len(value) <= _LONGEST_VALUE and _COULD_SAY.match(value) is not None


def _show(value: OpenLabel) -> str:
    return f"{value.label}: {value.text.text}"
