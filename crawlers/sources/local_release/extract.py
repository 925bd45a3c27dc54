"""Read a weights header, or a card's front matter, as claims: bytes in, drafts out."""

import math
import re
import struct
from urllib.parse import unquote

from kb.domain.claim_types import find_claim_type
from kb.domain.drafts import SourceKind
from kb.domain.found import Extraction, Extractor, FoundClaim, FoundRelease, ReadDocument
from kb.domain.quantities import QuantityError, parse_quantity
from kb.models.architectures import make_gguf_config
from kb.models.weight_headers import WeightFacts, parse_gguf_header, read_weight_facts
from kb.reading import read_text
from kb.reading.keys.front_matter import find_front_matter

# Toy-1B.Q4_K_M.gguf, toy-1b-iq2_xxs.gguf, toy_f16.gguf: how quantised files are named.
_QUANT = re.compile(r"[-_.](i?q\d(?:_[0-9a-z]+)*|f16|f32|bf16)\.gguf$", re.IGNORECASE)


def read(document: ReadDocument) -> Extraction:
    """Return what a weights header or a card says; other documents are archived and not read.

    Raises HeaderError when a weights file has no header.
    """
    if document.kind is SourceKind.MODEL_CARD:
        return read_text(document.text, kind=document.kind, about=document.about, name="README.md")
    name = unquote(re.split(r"#|&file=", document.url)[-1])
    if not name.lower().endswith((".gguf", ".safetensors")):
        return Extraction()
    facts, extraction = extract_header(document.body)
    return extraction.model_copy(update={"releases": [_make_release(document, name, facts)]})


def _make_release(document: ReadDocument, name: str, facts: WeightFacts) -> FoundRelease:
    quant = _QUANT.search(name)
    return FoundRelease(
        model_name=document.about or name,
        vendor=document.vendor or document.publisher,
        repository=re.split(r"#|&file=", document.url)[0],
        format=facts.format,
        precision=quant[1].upper() if quant else facts.precision,
        manifest_sha256=document.headers.get("x-file-sha256"),
        facts={**facts.as_stored(), **_find_config(document.body, facts)},
    )


def _find_config(data: bytes, facts: WeightFacts) -> dict[str, object]:
    """The shape that a GGUF header declares, where its architecture is known."""
    if facts.format != "gguf":
        return {}
    header = parse_gguf_header(data)
    config = make_gguf_config(header.metadata, header.tensors)
    return {} if config is None else {"config": config}


def extract_header(data: bytes) -> tuple[WeightFacts, Extraction]:
    """Return what a header declares: facts, and the claims in it.

    Raises HeaderError when it is not a header.
    """
    facts = read_weight_facts(data)
    if facts.format != "gguf":
        return facts, Extraction()
    window = f"{facts.architecture}.context_length"
    candidates = (
        ("context_length", window, facts.context_tokens, f"{facts.context_tokens} tokens"),
        ("params_total", "general.size_label", facts.size_label, facts.size_label),
        ("license", "general.license", facts.license, facts.license),
    )
    claims = [
        _make_claim(data, claim_type, key, value, claimed)
        for claim_type, key, value, claimed in candidates
        if value is not None and claimed is not None and _is_plausible(claim_type, claimed)
    ]
    excluded = [
        (f"{key} = {value}", "not a plausible value of its type")
        for claim_type, key, value, claimed in candidates
        if value is not None and claimed is not None and not _is_plausible(claim_type, claimed)
    ]
    return facts, Extraction(claims=claims, excluded=excluded)


def _is_plausible(claim_type: str, claimed: str) -> bool:
    kind = find_claim_type(claim_type)
    if kind.unit is None:
        return True
    try:
        quantity = parse_quantity(claimed, kind.unit)
    except QuantityError:
        return False
    return quantity.low >= (kind.minimum or 0.0) and quantity.high <= (kind.maximum or math.inf)


def _make_claim(data: bytes, claim_type: str, key: str, value: object, claimed: str) -> FoundClaim:
    start = data.find(struct.pack("<Q", len(key)) + key.encode()) + 8
    return FoundClaim(
        claim_type=claim_type,
        claimed_text=claimed,
        quote=f"{key} = {value}",
        locator=f"GGUF metadata, key {key} (offsets in bytes)",
        start=start,
        end=start + len(key),
    )


def find_base_owner(text: str) -> str | None:
    """Return the owner of the base model that a card names, if it names one."""
    found = find_front_matter(text, "base_model")
    return found.value.split("/")[0] if found and "/" in found.value else None


EXTRACTOR = Extractor("local_release", 5, read)
