"""RawClaims → claims: subject, quote and place settled, each said once a document."""

import re
from collections.abc import Iterator
from typing import Any

from kb.domain.claim_types import ValueKind, find_claim_type
from kb.domain.units import find_unit
from kb.reading.raw_claims import RawClaim
from kb.reading.subjects.scene import Scene, is_same_family

# A reader must find it at a glance, and a quotation must stay a quotation.
_WIDEST_QUOTE = 160


def make_claims(
    text: str, found: list[RawClaim], scene: Scene, excluded: list[tuple[str, str]]
) -> Iterator[dict[str, Any]]:
    """Yield the fields of each claim; what is said again, or is no claim after all, is excluded."""
    seen: set[tuple[Any, ...]] = set()
    active = {
        (subject, claim.claimed_value)
        for claim in found
        if claim.claim_type == "params_active"
        for subject in _subjects(claim, scene)
    }
    for claim in found:
        subjects = _subjects(claim, scene)
        start, end = claim.text.find_place(claim.start, claim.end)
        if not subjects:
            excluded.append(
                (text[start:end][:160], "the document does not tell which model is meant")
            )
            continue
        for subject in subjects:
            key = _make_key(subject, claim)
            if key in seen:
                excluded.append((text[start:end][:160], "said before in this document"))
                continue
            seen.add(key)
            is_labelled = claim.locator.startswith("table")
            if (
                claim.claim_type == "params_total"
                and not is_labelled
                and (subject, claim.claimed_value) in active
            ):
                excluded.append((text[start:end][:160], "the active count, not the total"))
                continue
            yield _make_fields(text, claim, subject, scene, start, end)


def _subjects(claim: RawClaim, scene: Scene) -> tuple[str, ...]:
    return claim.subjects or ((scene.document,) if scene.document else ())


def _make_key(subject: str, claim: RawClaim) -> tuple[Any, ...]:
    value = (
        claim.claimed_value
        if claim.claimed_value is not None
        else (claim.claimed_text or "").lower()
    )
    name = re.sub(r"[^a-z0-9.]", "", subject.lower())
    metric = claim.metric if find_claim_type(claim.claim_type).reading.has_metrics else None
    return (name, claim.claim_type, metric, value, claim.unit)


def _make_fields(
    text: str, claim: RawClaim, subject: str, scene: Scene, start: int, end: int
) -> dict[str, Any]:
    quote_start, quote_end = _find_quote(text, claim, start, end)
    own = scene.document is None or is_same_family(subject, scene.document)
    fields: dict[str, Any] = {
        "claim_type": claim.claim_type,
        "claimed_text": _write_claimed(claim),
        "quote": text[quote_start:quote_end],
        "start": quote_start,
        "end": quote_end,
        "locator": claim.locator[:500] or "text",
        "subject": subject[:200],
        "about": "own" if own else "competitor",
    }
    if claim.metric:
        fields["metric"] = claim.metric[:300]
    is_quantity = find_claim_type(claim.claim_type).kind is ValueKind.QUANTITY
    if claim.claimed_value is not None and is_quantity:
        fields |= {
            "claimed_value": claim.claimed_value,
            "unit": claim.unit,
            "operator": claim.operator,
        }
        if high := _find_binary_reading(claim):
            fields["claimed_high"] = high
    return fields


def _find_binary_reading(claim: RawClaim) -> float | None:
    """Tokens in K or M may be meant in powers of two: "128K" is 128,000 or 131,072."""
    if claim.unit != "tokens" or claim.claim_type == "training_tokens":
        return None
    raw = claim.text.text[claim.start : claim.end].rstrip("+ ").lower()
    for scale, factor in (("k", 1.024), ("m", 1.024**2)):
        if raw.endswith(scale):
            return float(round((claim.claimed_value or 0) * factor))
    return None


def _write_claimed(claim: RawClaim) -> str:
    if claim.claimed_value is None:
        return (claim.claimed_text or "").strip()[:500]
    raw = re.sub(r"\s+", " ", claim.text.text[claim.start : claim.end]).strip()
    known = find_unit(claim.unit)
    unit = known.in_claims if known else ""
    return f"{raw}{'' if unit == '%' and raw.endswith('%') else ' ' + unit}".strip()


def _find_quote(text: str, claim: RawClaim, start: int, end: int) -> tuple[int, int]:
    """Widen the place to the words around it, within its text and without tags."""
    marked = claim.text
    left, right = claim.start, claim.end
    whole_start, whole_end = marked.find_place(0, len(marked.text))
    if whole_end - whole_start <= _WIDEST_QUOTE and "<" not in text[whole_start:whole_end]:
        return whole_start, whole_end
    while right - left < 100 and (left > 0 or right < len(marked.text)):
        new_left, new_right = max(0, left - 10), min(len(marked.text), right + 10)
        place = marked.find_place(new_left, new_right)
        if place[1] - place[0] > _WIDEST_QUOTE or "<" in text[place[0] : place[1]]:
            break
        left, right = new_left, new_right
    left, right = _to_words(marked.text, left, right, claim.start, claim.end)
    place = marked.find_place(left, right)
    return place if place[1] - place[0] <= 480 else (start, min(end, start + 480))


def _to_words(text: str, left: int, right: int, start: int, end: int) -> tuple[int, int]:
    while 0 < left < start and not text[left - 1].isspace():
        left += 1
    while end < right < len(text) and not text[right].isspace():
        right -= 1
    while left < start and text[left].isspace():
        left += 1
    while right > end and text[right - 1].isspace():
        right -= 1
    return left, right
