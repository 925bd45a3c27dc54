"""Read what the Hub serves of a model, as claims: model info, config, card. Text in, drafts out."""

import json
import re
from typing import Any

from kb.domain.drafts import Extraction, FoundClaim, FoundRelease

NAME = "huggingface/1"
_WINDOW = re.compile(r"\"max_position_embeddings\"\s*:\s*(\d+)")
_FRONT_MATTER = re.compile(r"\A---\r?\n(.*?)\r?\n---\r?\n", re.DOTALL)
_LICENSE = re.compile(r"^license:[ \t]*[\"']?([\w.\- ]+?)[\"']?[ \t]*$", re.MULTILINE)


class UnexpectedAnswerError(ValueError):
    """The Hub's answer is not what it is documented to be."""


def extract_info(text: str) -> FoundRelease:
    """Return the release that `/api/models/<id>` describes.

    Raises UnexpectedAnswerError when it is not JSON, or names no model.
    """
    info = _parse_object(text)
    repository = info.get("id") or info.get("modelId")
    if not isinstance(repository, str) or "/" not in repository:
        raise UnexpectedAnswerError("the model info names no repository")
    owner, name = repository.split("/", 1)
    tensors = info.get("safetensors")
    total = tensors.get("total") if isinstance(tensors, dict) else None
    facts = {"hub_params_total": total} if isinstance(total, int) else {}
    revision = info.get("sha")
    return FoundRelease(
        model_name=name,
        vendor=owner,
        repository=repository,
        revision=revision if isinstance(revision, str) else None,
        format="safetensors" if tensors else None,
        facts=facts,
    )


def _parse_object(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise UnexpectedAnswerError("the answer is not JSON") from None
    if not isinstance(value, dict):
        raise UnexpectedAnswerError("the answer is no JSON object")
    return value


def extract_config(text: str) -> Extraction:
    """Return the window that a `config.json` declares, with its place."""
    found = list(_WINDOW.finditer(text))
    if len(found) != 1:
        reason = "several windows in one config; which is meant is not decided here"
        return Extraction(excluded=[(match[0], reason) for match in found])
    match = found[0]
    if int(match[1]) < 1:
        return Extraction(excluded=[(match[0], "no window at all")])
    return Extraction(claims=[_make_claim("context_length", f"{match[1]} tokens", match, 0)])


def extract_card(text: str) -> Extraction:
    """Return the licence that the card's front matter names, with its place."""
    front = _FRONT_MATTER.match(text)
    match = _LICENSE.search(front[1]) if front else None
    if front is None or match is None:
        return Extraction()
    return Extraction(claims=[_make_claim("license", match[1], match, front.start(1))])


def _make_claim(claim_type: str, claimed: str, match: re.Match[str], offset: int) -> FoundClaim:
    return FoundClaim(
        type=claim_type,
        claimed=claimed,
        quote=match[0],
        locator="config.json" if claim_type == "context_length" else "front matter",
        start=offset + match.start(),
        end=offset + match.end(),
    )
