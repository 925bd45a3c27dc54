"""Values under keys, and lines of the kind "Context length: 128K", → raw claims."""

import re
from dataclasses import replace

from kb.reading.labels.labels import Label, find_label
from kb.reading.prose.numbers import find_numbers_in
from kb.reading.prose.prose import read_prose
from kb.reading.raw_claims import OpenLabel, RawClaim, RawClaims
from kb.reading.subjects.scene import Scene
from kb.reading.tables.cells import find_factor, read_cell
from kb.reading.tables.scores import read_score
from kb.reading.vocabulary.benchmarks import is_benchmark
from kb.text.blocks import Paragraph, Value

# "Context length: 128K" in a list of facts; Chinese cards use the wide colon.
_LINE = re.compile(r"(?P<label>[^:：|]{2,70}?)\s*[:：]\s*(?=\S)")
_LONGEST_VALUE = 120
# Keys such as `vision_config.max_position_embeddings` speak of another part
_NOT_THE_TEXT_MODEL = re.compile(
    r"vision|audio|image|speech|draft|mtp|dataset|tokenizer_|example|widget", re.IGNORECASE
)
# Tags and lists of companies name many things that are not the document's model.
_LISTS_OF_OTHERS = re.compile(
    r"^(?:tags|topics|companies|models|people|datasets|inference|widget|extra_gated\w*)$",
    re.IGNORECASE,
)
# "gpuRamGb", "vram_gb" in lists of hosted models
_GPU_MEMORY = re.compile(r"gpu_?\s?(?:ram|memory)|vram", re.IGNORECASE)
# "price_per_1m", "cost", "rateEur"
_PRICE_KEY = re.compile(
    r"(?:price|cost|rate)s?(?:[_ ]?(?P<currency>eur|usd))?(?:[_ ]?per.*)?", re.IGNORECASE
)
# Providers write "prompt" and "completion" for input and output
_SIDES = {"input": "input", "prompt": "input", "output": "output", "completion": "output"}


def read_line(block: Paragraph, scene: Scene, out: RawClaims, where: str) -> bool:
    """Read a line that begins with a known label; return whether it was one."""
    text = block.text.text
    match = _LINE.match(text)
    if match is None or len(text) > 400:
        return False
    label, value = match["label"], block.text.cut(match.end(), len(text))
    known = find_label(label) or find_label(re.sub(r"\s*\([^()]*\)\s*$", "", label))
    if known is None:
        subjects = (scene.section,) if scene.section else ()
        place = f"{where}, {label!r}"[:300]
        if len(value.text) <= _LONGEST_VALUE:
            out.open.append(OpenLabel(label, value, subjects, place, is_read=True))
        return _read_score_line(block, label, match.end(), scene, out, where)
    found = list(read_cell(known, value, find_factor(label))) if len(value.text) <= 160 else []
    if not found:
        return False
    subjects = (scene.section,) if scene.section else ()
    prose = RawClaims()
    read_prose(block.text, scene, prose, where)
    found_places = {(claim.claim_type, claim.claimed_value, claim.claimed_text) for claim in found}
    out.claims += [
        replace(claim, subjects=subjects, locator=f"{where}, {label!r}"[:300]) for claim in found
    ]
    out.claims += [
        claim
        for claim in prose.claims
        if (claim.claim_type, claim.claimed_value, claim.claimed_text) not in found_places
    ]
    return True


def _read_score_line(
    block: Paragraph, label: str, start: int, scene: Scene, out: RawClaims, where: str
) -> bool:
    value = block.text.cut(start, len(block.text.text))
    if not block.is_item or not is_benchmark(label) or len(label) > 50:
        return False
    found = list(read_score(value, label, []))
    subjects = (scene.section,) if scene.section else ()
    out.claims += [replace(claim, subjects=subjects, locator=where) for claim in found]
    return bool(found)


def read_key_value(block: Value, scene: Scene, out: RawClaims) -> None:
    """Read a value under its path of keys; long strings are read as prose."""
    key = block.path[-1]
    where = f"key {'.'.join(block.path)}"[:300]
    if any(_LISTS_OF_OTHERS.match(key) for key in block.path):
        return
    if any(_NOT_THE_TEXT_MODEL.search(key) for key in block.path):
        if find_label(key) is not None:
            out.leave_out(f"{where}: {block.text.text}", "not of the text model")
        return
    found = _read_price(block) or _read_memory(block)
    known = find_label(key)
    if not found and known is not None and not _is_price_side(known, block):
        found = list(read_cell(known, block.text, find_factor(key), bare_params=True))
    subjects = (scene.section,) if scene.section else ()
    out.claims += [replace(claim, locator=where, subjects=subjects) for claim in found]
    if not found and len(block.text.text) > 40 and " " in block.text.text:
        read_prose(block.text, scene, out, where)
    elif not found and known is None:
        out.open.append(OpenLabel(key, block.text, subjects, where))


def _is_price_side(known: Label, block: Value) -> bool:
    return known.claim_type == "price"


def _read_price(block: Value) -> list[RawClaim]:
    """A price under keys that say so: pricing → input → price."""
    match = _PRICE_KEY.fullmatch(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", block.path[-1]))
    path = [key.lower() for key in block.path]
    sides = [_SIDES[key] for key in path if key in _SIDES]
    is_priced = match is not None or (
        path[-1] in _SIDES and any(p in ("pricing", "price", "cost", "prices") for p in path)
    )
    numbers = find_numbers_in(block.text.text)
    if not is_priced or not sides or len(numbers) != 1 or not 0 <= numbers[0].value <= 10_000:
        return []
    currency = (match.groupdict().get("currency") or "usd").lower() if match else "usd"
    number = numbers[0]
    unit = "eur_per_mtok" if currency == "eur" else "usd_per_mtok"
    return [
        RawClaim(
            "price",
            block.text,
            number.start,
            number.end,
            number.value,
            None,
            unit,
            number.operator,
            sides[-1],
        )
    ]


def _read_memory(block: Value) -> list[RawClaim]:
    """Memory under keys that say so: minGpuRam → bf16."""
    if not any(_GPU_MEMORY.search(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", key)) for key in block.path):
        return []
    numbers = find_numbers_in(block.text.text)
    if len(numbers) != 1:
        return []
    number = numbers[0]
    return [
        RawClaim(
            "hardware_fit", block.text, number.start, number.end, claimed_text=f"{number.value:g} GB",
            metric=f"GPU memory, {block.path[-1]}",
        )
    ]  # fmt: skip
