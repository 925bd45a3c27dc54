"""Read a weights header, or a card's front matter, as claims: bytes in, drafts out."""

import math
import struct

from kb.domain.claim_types import find_claim_type
from kb.domain.found import Extraction, FoundClaim, FoundRelease
from kb.domain.front_matter import find_front_matter
from kb.domain.quantities import QuantityError, parse_quantity
from kb.domain.weight_headers import WeightFacts, read_weight_facts

NAME = "local_release/1"


def extract_header(data: bytes) -> tuple[WeightFacts, Extraction]:
    """Return what a header declares: facts, and the claims that stand in it.

    Raises HeaderError when it is no header.
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
        if value is not None and claimed is not None and _is_sane(claim_type, claimed)
    ]
    excluded = [
        (f"{key} = {value}", "no sane value of its type")
        for claim_type, key, value, claimed in candidates
        if value is not None and claimed is not None and not _is_sane(claim_type, claimed)
    ]
    return facts, Extraction(claims=claims, excluded=excluded)


def _is_sane(claim_type: str, claimed: str) -> bool:
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
        type=claim_type,
        claimed=claimed,
        quote=f"{key} = {value}",
        locator=f"GGUF metadata, key {key} (offsets in bytes)",
        start=start,
        end=start + len(key),
    )


def make_release(
    facts: WeightFacts, model_name: str, vendor: str, repository: str, precision: str, digest: str
) -> FoundRelease:
    """Return the draft of the release that a header belongs to."""
    return FoundRelease(
        model_name=model_name,
        vendor=vendor,
        repository=repository,
        format=facts.format,
        precision=precision,
        manifest_sha256=digest,
        facts=facts.as_stored(),
    )


def find_base_owner(text: str) -> str | None:
    """Return the owner of the model that a card says it was made from, if it says so."""
    found = find_front_matter(text, "base_model")
    return found.value.split("/")[0] if found and "/" in found.value else None
