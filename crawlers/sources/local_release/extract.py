"""Read a weights header, or a card's front matter, as claims: bytes in, drafts out."""

import re
import struct

from kb.domain.drafts import Extraction, FoundClaim, FoundRelease
from kb.domain.weight_headers import WeightFacts, read_weight_facts

NAME = "local_release/1"
_FRONT_MATTER = re.compile(r"\A---\r?\n(.*?)\r?\n---\r?\n", re.DOTALL)
_LICENSE = re.compile(r"^license:[ \t]*[\"']?([\w.\- ]+?)[\"']?[ \t]*$", re.MULTILINE)
_BASE_MODEL = re.compile(r"^base_model:[ \t]*[\"']?([\w.\-]+)/[\w.\-]+", re.MULTILINE)


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
        if value is not None and claimed is not None
    ]
    return facts, Extraction(claims=claims)


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


def extract_card(text: str) -> Extraction:
    """Return the licence that a model card's front matter names, with its place."""
    front = _FRONT_MATTER.match(text)
    found = _LICENSE.search(front[1]) if front else None
    if front is None or found is None:
        return Extraction()
    start = front.start(1) + found.start()
    claim = FoundClaim(
        type="license",
        claimed=found[1],
        quote=found[0],
        locator="front matter",
        start=start,
        end=start + len(found[0]),
    )
    return Extraction(claims=[claim])


def find_base_owner(text: str) -> str | None:
    """Return the owner of the model that a card says it was made from, if it says so."""
    front = _FRONT_MATTER.match(text)
    found = _BASE_MODEL.search(front[1]) if front else None
    return found[1] if found else None
