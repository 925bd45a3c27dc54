"""A value whose meaning a label tells: a table's cell, a line "label: value", a value under a key."""

import re
from collections.abc import Iterator

from kb.domain.claim_types import Operator, find_claim_type
from kb.reading.labels.labels import Label
from kb.reading.prose.number_rules import find_meaning
from kb.reading.prose.numbers import Number, find_numbers_in
from kb.reading.prose.token_rules import UNDECIDED_TOKENS
from kb.reading.raw_claims import RawClaim
from kb.reading.vocabulary.licence_names import find_licences, find_spdx, make_licence_name
from kb.reading.vocabulary.months import find_months
from kb.text.marked_text import Marked

# How cards write that they do not say: "N/A", "undisclosed", "–"
_NOTHING = re.compile(
    r"(?:n/?a|none|unknown|null|other|tbd|undisclosed|not disclosed|[-–—?/\\.]*)", re.IGNORECASE
)
# For example "Params (B)", "Training tokens (in trillions)", "Context (K)"
_SCALE_IN_LABEL = (
    (re.compile(r"\((?:in )?(?:billions?|bn?)\)|\bin billions\b|\bbillions\b", re.IGNORECASE), 1e9),
    (
        re.compile(r"\((?:in )?(?:trillions?|t)\)|\bin trillions\b|\btrillions\b", re.IGNORECASE),
        1e12,
    ),
    (re.compile(r"\((?:in )?(?:millions?|m)\)|\bin millions\b", re.IGNORECASE), 1e6),
    (re.compile(r"\((?:in )?(?:thousands?|k)\)|\bin thousands\b", re.IGNORECASE), 1e3),
)
# "235B-A22B": the total and the active part in one
_WITH_ACTIVE = re.compile(r"\d\s?B-?A(?P<active>(?P<digits>\d{1,4}(?:\.\d{1,2})?)B)(?![A-Za-z0-9])")
_LONGEST_NAME = 120
# Where the words beside a figure overrule its label: "Parameters: 355B (32B active)".
_TOLD_APART: tuple[set[str], ...] = (
    {"params_total", "params_active"},
    {"context_length", "output_length"},
    {"experts"},
)


def find_factor(label: str) -> float:
    """Return the scale that a label gives its bare numbers: "Params (B)" gives 1e9."""
    for pattern, factor in _SCALE_IN_LABEL:
        if pattern.search(label):
            return factor
    return 1.0


def read_cell(
    label: Label, cell: Marked, factor: float = 1.0, *, bare_params: bool = False
) -> Iterator[RawClaim]:
    """Yield what a cell under `label` says; `bare_params` takes a bare 675 as billions."""
    text = cell.text
    if _NOTHING.fullmatch(text):
        return
    if label.claim_type == "license":
        yield from _read_licence(cell)
    elif label.claim_type == "knowledge_cutoff":
        for month, start, end in find_months(text)[:1]:
            yield RawClaim(label.claim_type, cell, start, end, claimed_text=month)
    elif find_claim_type(label.claim_type).reading.takes_words and not find_numbers_in(text):
        if len(text) <= 200:
            yield RawClaim(label.claim_type, cell, 0, len(text), claimed_text=text)
    else:
        yield from _read_numbers(label, cell, factor, bare_params)
        yield from _read_active(label, cell)


def _read_licence(cell: Marked) -> Iterator[RawClaim]:
    text = cell.text
    if find_spdx(text):
        yield RawClaim("license", cell, 0, len(text), claimed_text=make_licence_name(text))
        return
    named = find_licences(text)
    if named:
        for name, start, end in named[:1]:
            yield RawClaim("license", cell, start, end, claimed_text=name)
    elif (
        len(text) <= _LONGEST_NAME
        and re.fullmatch(r"[\w.+-]{2,60}", text)
        and not re.fullmatch(r"licen[sc]e|link|yes|no|custom|here", text, re.IGNORECASE)
    ):
        yield RawClaim("license", cell, 0, len(text), claimed_text=text)


def _read_numbers(
    label: Label, cell: Marked, factor: float, bare_params: bool
) -> Iterator[RawClaim]:
    text = cell.text
    if len(text) > 160:
        return
    for number in find_numbers_in(text):
        meaning = find_meaning(text, number)
        found_type, metric = label.claim_type, label.metric
        if meaning is UNDECIDED_TOKENS and find_claim_type(label.claim_type).read_unit == "tokens":
            meaning = None
        if meaning is not None:
            if meaning.claim_type is None:
                continue
            if any({meaning.claim_type, label.claim_type} <= group for group in _TOLD_APART):
                found_type, metric = meaning.claim_type, meaning.metric or label.metric
        value = _scale(found_type, number, factor, bare_params)
        found = find_claim_type(found_type)
        if value is None or not found.reading.low <= value <= found.reading.high:
            continue
        is_in_euros = found_type == "price" and number.currency == "€"
        unit = "eur_per_mtok" if is_in_euros else found.read_unit
        yield RawClaim(
            found_type, cell, number.start, number.end, value, None, unit, number.operator, metric
        )


def _read_active(label: Label, cell: Marked) -> Iterator[RawClaim]:
    """A size written with the active part in it: "355B-A32B"."""
    for match in _WITH_ACTIVE.finditer(cell.text) if label.claim_type == "params_total" else ():
        start, end = match.span("active")
        value = float(match["digits"]) * 1e9
        yield RawClaim("params_active", cell, start, end, value, None, "parameters")


def _scale(kind: str, number: Number, factor: float, bare_params: bool) -> float | None:
    value = number.value
    if number.scale:
        return value
    if factor != 1.0 and value < 1e5:
        return value * factor
    if kind in ("params_total", "params_active") and value < 1e5:
        return value * 1e9 if bare_params and value >= 0.01 else None
    if find_claim_type(kind).reading.takes_small_figures:
        return value
    return value if value >= 64 else None


def make_text_claim(label: Label, cell: Marked, words: str) -> RawClaim:
    """Return a claim whose value is the words of a cell."""
    return RawClaim(label.claim_type, cell, 0, len(cell.text), None, words, None, Operator.EQUAL)
