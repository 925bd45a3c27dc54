"""Findings → claims: subject, quote and place settled, each said once a document."""

import re
from collections.abc import Iterator
from typing import Any

from kb.domain.claim_types import ValueKind, find_claim_type
from kb.reading.finding import Finding
from kb.reading.subjects.scene import Scene, is_same_family

_WIDEST_QUOTE = 160
_UNIT_WORDS = {
    "tokens": "tokens", "parameters": "parameters", "experts": "experts", "elo": "Elo",
    "usd_per_mtok": "USD per million tokens", "eur_per_mtok": "EUR per million tokens",
    "gpu_hours": "GPU hours", "gpus": "GPUs", "tokens_per_s": "tokens per second",
    "percent": "%", "points": "points", "languages": "languages",
}  # fmt: skip


def make_claims(
    text: str, found: list[Finding], scene: Scene, excluded: list[tuple[str, str]]
) -> Iterator[dict[str, Any]]:
    """Yield the fields of each claim; what is said again, or is no claim after all, is excluded."""
    seen: set[tuple[Any, ...]] = set()
    active = {
        (subject, finding.value)
        for finding in found
        if finding.type == "params_active"
        for subject in _subjects(finding, scene)
    }
    for finding in found:
        subjects = _subjects(finding, scene)
        start, end = finding.text.find_place(finding.start, finding.end)
        if not subjects:
            excluded.append(
                (text[start:end][:160], "the document does not tell which model is meant")
            )
            continue
        for subject in subjects:
            key = _make_key(subject, finding)
            if key in seen:
                excluded.append((text[start:end][:160], "said before in this document"))
                continue
            seen.add(key)
            is_labelled = finding.locator.startswith("table")
            if (
                finding.type == "params_total"
                and not is_labelled
                and (subject, finding.value) in active
            ):
                excluded.append((text[start:end][:160], "the active count, not the total"))
                continue
            yield _make_fields(text, finding, subject, scene, start, end)


def _subjects(finding: Finding, scene: Scene) -> tuple[str, ...]:
    return finding.subjects or ((scene.document,) if scene.document else ())


def _make_key(subject: str, finding: Finding) -> tuple[Any, ...]:
    value = finding.value if finding.value is not None else (finding.words or "").lower()
    name = re.sub(r"[^a-z0-9.]", "", subject.lower())
    metric = finding.metric if finding.type in ("benchmark_score", "price", "experts") else None
    return (name, finding.type, metric, value, finding.unit)


def _make_fields(
    text: str, finding: Finding, subject: str, scene: Scene, start: int, end: int
) -> dict[str, Any]:
    quote_start, quote_end = _find_quote(text, finding, start, end)
    own = scene.document is None or is_same_family(subject, scene.document)
    fields: dict[str, Any] = {
        "type": finding.type,
        "claimed": _write_claimed(finding),
        "quote": text[quote_start:quote_end],
        "start": quote_start,
        "end": quote_end,
        "locator": finding.locator[:500] or "text",
        "subject": subject[:200],
        "about": "own" if own else "competitor",
    }
    if finding.metric:
        fields["metric"] = finding.metric[:300]
    is_quantity = find_claim_type(finding.type).kind is ValueKind.QUANTITY
    if finding.value is not None and is_quantity:
        fields |= {"value": finding.value, "unit": finding.unit, "operator": finding.operator}
        if high := _find_binary_reading(finding):
            fields["value_high"] = high
    return fields


def _find_binary_reading(finding: Finding) -> float | None:
    """Tokens in K or M may be meant in powers of two: "128K" is 128,000 or 131,072."""
    if finding.unit != "tokens" or finding.type == "training_tokens":
        return None
    raw = finding.text.text[finding.start : finding.end].rstrip("+ ").lower()
    for scale, factor in (("k", 1.024), ("m", 1.024**2)):
        if raw.endswith(scale):
            return float(round((finding.value or 0) * factor))
    return None


def _write_claimed(finding: Finding) -> str:
    if finding.value is None:
        return (finding.words or "").strip()[:500]
    raw = re.sub(r"\s+", " ", finding.text.text[finding.start : finding.end]).strip()
    unit = _UNIT_WORDS.get(finding.unit or "", "")
    return f"{raw}{'' if unit == '%' and raw.endswith('%') else ' ' + unit}".strip()


def _find_quote(text: str, finding: Finding, start: int, end: int) -> tuple[int, int]:
    """Widen the place to the words around it, within its text and without tags."""
    marked = finding.text
    left, right = finding.start, finding.end
    whole_start, whole_end = marked.find_place(0, len(marked.text))
    if whole_end - whole_start <= _WIDEST_QUOTE and "<" not in text[whole_start:whole_end]:
        return whole_start, whole_end
    while right - left < 100 and (left > 0 or right < len(marked.text)):
        new_left, new_right = max(0, left - 10), min(len(marked.text), right + 10)
        place = marked.find_place(new_left, new_right)
        if place[1] - place[0] > _WIDEST_QUOTE or "<" in text[place[0] : place[1]]:
            break
        left, right = new_left, new_right
    left, right = _to_words(marked.text, left, right, finding.start, finding.end)
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
