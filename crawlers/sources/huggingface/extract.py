"""Read what the Hub serves of a model, as claims: model info, config, card. Text in, drafts out."""

import json
import re
from typing import Any

from kb.domain.found import Extraction, Extractor, FoundClaim, FoundRelease, ReadDocument
from kb.domain.reading import read_text

_WINDOW = re.compile(r"\"max_position_embeddings\"\s*:\s*(\d{1,30})")


class UnexpectedAnswerError(ValueError):
    """The Hub's answer is not what it is documented to be."""


def read(document: ReadDocument) -> Extraction:
    """Return what a model info, config or card says; a licence is kept and not read yet."""
    if "/api/models/" in document.url:
        return Extraction(releases=[extract_info(document.text)])
    if document.url.endswith("/config.json"):
        return extract_config(document.text)
    if document.url.endswith("/README.md"):
        return read_text(document.text, kind=document.kind, about=document.about, name="README.md")
    return Extraction()


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
    if not 1 <= int(match[1]) <= 10**12:
        return Extraction(excluded=[(match[0], "no sane window")])
    return Extraction(claims=[_make_window(match)])


def _make_window(match: re.Match[str]) -> FoundClaim:
    return FoundClaim(
        type="context_length",
        claimed=f"{match[1]} tokens",
        quote=match[0],
        locator="config.json",
        start=match.start(),
        end=match.end(),
    )


EXTRACTOR = Extractor("huggingface", 3, read)
