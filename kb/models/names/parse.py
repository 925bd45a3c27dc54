"""Parse a model name as written anywhere into its parts. Never fails: any text has parts."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from kb.models.names.lookups import Lookups, load_lookups
from kb.models.names.parts import NameParts
from kb.models.names.sizes import parse_size
from kb.models.names.tokens import split_tokens, take_precision

VARIANT_WORDS = frozenset((
    "scout", "maverick", "behemoth", "flash", "lite", "mini", "nano", "micro", "tiny", "small",
    "medium", "large", "huge", "pro", "ultra", "turbo", "max", "plus", "air", "high", "low",
    "opus", "sonnet", "haiku", "coder", "code", "vision", "thinking", "reasoning", "guard",
    "embedding", "reranker", "instruct", "chat", "base", "experimental", "preview", "oss",
    "distill", "math", "audio", "omni", "next", "moe", "speech", "image", "video", "multimodal",
))  # fmt: skip
_MARKS = {
    "instruct": "instruct", "it": "instruct", "inst": "instruct", "base": "base", "pt": "base",
    "pretrained": "base", "pretrain": "base", "chat": "chat",
}  # fmt: skip
_STAGES = {
    "experimental": "experimental", "exp": "experimental", "preview": "preview", "beta": "beta",
    "alpha": "alpha", "latest": "latest", "nightly": "nightly",
}  # fmt: skip
_FILLERS = frozenset((
    "the", "a", "an", "of", "model", "models", "llm", "llms", "parameter", "parameters", "params",
    "series",
))  # fmt: skip
_VERSION = re.compile(r"v?\d+(?:\.\d+)*[^\W\d_]?")
_CONTEXT = re.compile(r"\d+k")
_MAX_LETTERS = 300


def parse_model_name(text: str, lookups: Lookups | None = None) -> NameParts:
    """Return the parts of `text`; what they are called is told at NameParts."""
    if lookups is None or lookups is load_lookups():
        return _parse_shipped(text)
    return _parse(text, lookups)


@lru_cache(maxsize=50_000)
def _parse_shipped(text: str) -> NameParts:
    return _parse(text, load_lookups())


def _parse(text: str, lookups: Lookups) -> NameParts:
    whole = unicodedata.normalize("NFKC", text)[:_MAX_LETTERS].strip()
    owner, name = _take_owner(whole)
    name, precision = take_precision(name.casefold().removesuffix(":free"))
    known = {*VARIANT_WORDS, *lookups.family_spellings}
    tokens = split_tokens(name, known)
    vendor, tokens = _take_vendor(tokens, lookups)
    kept = [token for token in tokens if token not in _FILLERS] or tokens
    parts = _sort_tokens(text, list(_take_dates(kept)))
    owned = lookups.find_vendor(owner) if owner else None
    return replace(parts, precision=precision, owner=owner, vendor=owned or vendor)


def _take_owner(text: str) -> tuple[str | None, str]:
    """Split `owner/name`; of a longer path only the last step names the model."""
    steps = [step.strip() for step in text.split("/") if step.strip()]
    if len(steps) < 2:
        return None, text
    return (steps[0] if len(steps) == 2 else None), steps[-1]


def _take_vendor(tokens: list[str], lookups: Lookups) -> tuple[str | None, list[str]]:
    if tuple(tokens) in lookups.vendor_phrases:  # "Meta AI" is also a product's whole name
        return lookups.vendor_phrases[tuple(tokens)], tokens
    for phrase in sorted(lookups.vendor_phrases, key=len, reverse=True):
        rest = tokens[len(phrase) :]
        if tuple(tokens[: len(phrase)]) == phrase and rest:
            return lookups.vendor_phrases[phrase], rest
    return None, tokens


def _take_dates(tokens: list[str]) -> Iterator[tuple[str, str]]:
    """Yield each token as (kind, token), dates put together: 03, 26 is one date."""
    at = 0
    while at < len(tokens):
        length = _count_date(tokens[at : at + 3])
        if length:
            yield "date", "".join(tokens[at : at + length])
        else:
            yield "other", tokens[at]
        at += length or 1


def _count_date(tokens: list[str]) -> int:
    """How many of the next tokens are a date: 20240806, 2024 08 06, 03 26, 2507, 0324, 002."""
    if not tokens[0].isdecimal() or not tokens[0].isascii():
        return 0
    pairs = [token for token in tokens[1:] if re.fullmatch(r"\d\d", token)]
    if re.fullmatch(r"20[12]\d", tokens[0]):
        return 1 + (len(pairs) if pairs == tokens[1 : 1 + len(pairs)] else 0)
    if len(tokens[0]) == 2 and len(tokens) > 1 and tokens[1:2] == pairs[:1]:
        return 2 if _is_stamp(tokens[0] + tokens[1]) else 0
    is_long = re.fullmatch(r"20\d{6}|20\d{4}|2\d(?:0\d|1[0-2])[0-3]\d|0\d\d", tokens[0])
    return 1 if is_long or _is_stamp(tokens[0]) else 0


def _is_stamp(digits: str) -> bool:
    """Whether four digits are month and day, or year and month."""
    if len(digits) != 4:
        return False
    first, last = int(digits[:2]), int(digits[2:])
    return (1 <= first <= 12 and 1 <= last <= 31) or (20 <= first <= 35 and 1 <= last <= 12)


def _sort_tokens(text: str, tokens: list[tuple[str, str]]) -> NameParts:
    found: dict[str, list[str]] = {}
    at = 0
    while at < len(tokens):
        kind, token = tokens[at]
        following = tokens[at + 1][1] if at + 1 < len(tokens) else ""
        size, used = parse_size(token, following)
        if kind == "date":
            found.setdefault("dates", []).append(token)
        elif size:
            found.setdefault("sizes", []).extend(size)
            at += used - 1
        else:
            name, value = _name_kind(token)
            found.setdefault(name, []).append(value)
        at += 1
    return _make_parts(text, found)


def _name_kind(token: str) -> tuple[str, str]:
    if token in _MARKS:
        return "marks", _MARKS[token]
    if token in _STAGES:
        return "stages", _STAGES[token]
    if _CONTEXT.fullmatch(token):
        return "contexts", token
    if _VERSION.fullmatch(token):
        return "versions", token
    return "words", token


def _make_parts(text: str, found: dict[str, list[str]]) -> NameParts:
    sizes = found.get("sizes", [])
    # "7B-Instruct-1M": beside a real size, a few million are a context window.
    windows = [size for size in sizes if re.fullmatch(r"\d{1,2}m", size) and len(sizes) > 1]
    contexts = [*found.get("contexts", ()), *windows]
    return NameParts(
        text,
        tuple(found.get("words", ())),
        tuple(found.get("versions", ())),
        tuple(sorted({size for size in sizes if size not in windows}, key=_order_size)),
        tuple(sorted(set(found.get("marks", ())))),
        tuple(sorted(set(contexts))),
        tuple(found.get("dates", ())),
        tuple(sorted(set(found.get("stages", ())))),
    )


def _order_size(size: str) -> tuple[int, str]:
    """Whole sizes first, then active ones and experts, as names are written."""
    return (2 if size.endswith("e") else 1 if size.startswith(("a", "e")) else 0), size
