"""What makes two readings the same reading: the words it was read from, and what they were read as.

The key outlives another version of the reader and another snapshot of the page: it knows no
offsets, no extractor and no layout, only words.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from kb.domain.ids import make_canonical_json, make_content_id

_NEIGHBOURS = 5  # words kept on either side of the quote
_REACH = 300  # characters in which they are looked for
_TABLE = re.compile(r"table\b(?: under '.*?')?(?=,|$)")  # as locators name them, rows aside


class ClaimRow(Protocol):
    """The columns of a claim that say what was claimed."""

    model_id: str
    claim_type: str
    metric: str | None
    claimed_text: str
    operator: str | None
    claimed_value: float | None
    claimed_high: float | None
    unit: str | None
    conditions: dict[str, Any]


class ResultRow(Protocol):
    """The columns of a result that say what was found."""

    model_id: str
    metric: str
    value: float | None
    low: float | None
    high: float | None
    text: str | None
    unit: str | None
    n: int | None
    rank: int | None
    as_of: str | None
    conditions: dict[str, Any]


@dataclass(frozen=True)
class Statement:
    """What a reading says: of which model, of what kind, which figure or words.

    `details` are the conditions and bounds: a reading with others is the same reading, but not
    the one that was accepted.
    """

    model_id: str
    kind: str
    metric: str | None
    figure: float | str
    unit: str | None
    details: str


def make_claim_statement(claim: ClaimRow) -> Statement:
    """Return what a claim says."""
    figure = claim.claimed_value
    details = {"high": claim.claimed_high, "operator": claim.operator}
    return Statement(
        claim.model_id,
        claim.claim_type,
        claim.metric,
        _normalise(claim.claimed_text) if figure is None else figure,
        claim.unit,
        _write_details(claim.conditions, details),
    )


def make_result_statement(result: ResultRow) -> Statement:
    """Return what a result says."""
    names = ("low", "high", "n", "rank", "as_of")
    figure = result.value
    return Statement(
        result.model_id,
        f"result {result.metric}",
        None,
        _normalise(result.text or "") if figure is None else figure,
        result.unit,
        _write_details(result.conditions, {name: getattr(result, name) for name in names}),
    )


def make_words_key(source_id: str, text: str, quote: str, start: int, end: int) -> str:
    """Return the key of some words of a source: the quote, with a few words on either side.

    Where the quote does not stand at these places of `text` (they may count rows), it is alone.
    """
    before = after = ""
    if text[start:end] == quote:
        before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    around = _split(before)[-_NEIGHBOURS:], _split(quote), _split(after)[:_NEIGHBOURS]
    return make_content_id("wds", source_id, *around)


def make_reading_key(words_key: str, said: Statement) -> str:
    """Return the key of a reading: these words, read as this."""
    return make_content_id(
        "rdk", words_key, said.model_id, said.kind, said.metric, said.figure, said.unit
    )


def find_table(locator: str | None) -> str | None:
    """Return which table of its document a reading stands in; None where it stands in none."""
    found = _TABLE.match(locator or "")
    return found.group() if found else None


def _split(text: str) -> list[str]:
    return re.findall(r"\w+", _normalise(text))


def _normalise(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _write_details(conditions: Mapping[str, Any], others: Mapping[str, Any]) -> str:
    kept = {name: value for name, value in conditions.items() if name != "note"}
    return make_canonical_json([kept, dict(others)])
