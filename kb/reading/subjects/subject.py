"""Which model a document is about, and which names it goes by."""

import re

from kb.reading.subjects.mentions import find_mentions
from kb.text.blocks import Block, Heading, Paragraph, TableBlock, Value

# Keys of front matter and configurations that name the model, the surest first.
_NAME_KEYS = (
    "name",
    "model_name",
    "model",
    "title",
    "model_id",
    "id",
    "_name_or_path",
    "base_model",
    "model_type",
)
_TITLE_KEYS = (("name",), ("model_name",), ("model",))
# "Toyla", "Toyla 2 Mini", "toyla 7B" as a title of its own.
_TITLE_WORD = re.compile(
    r"[A-Z][\w.+-]{1,30}(?: [A-Z0-9][\w.+-]{0,20}){0,3}|[a-z]\w{1,30} \d{1,4}(?:\.\d)?B(?: [A-Z]\w{0,20})?"
)
# Titles of sections, which name no model: "Introduction", "Training Data", "Quick Start"
_COMMON = re.compile(
    r"\b(?:introduction|overview|model|models|card|details|information|highlights?|summary|news|readme|licen[sc]es?"
    r"|usage|quick|getting|start|about|contents|abstract|evaluations?|results?|descriptions?|welcome|how"
    r"|(?:pre|post|mid)-?training|conclusions?|resources|references|citation|requirements|installation|features"
    r"|architecture|tokeni[sz]er|changelog|deployment|limitations|faq|data|datasets?|notice"
    r"|the|what|why|intended|use|terms|agreement|policy|benchmarks?|performance|release|notes|training)\b",
    re.IGNORECASE,
)  # fmt: skip
# "we introduce Toyla 2, a …", "Toys released its new Toyla, which …"
_INTRODUCED = re.compile(
    r"\b(?:introduc\w+|releas\w+|launch\w+|unveil\w+|announc\w+|open-sourc\w+|present\w*)\s+(?:(?:its|their|the|new|a|an|our)\s){0,3}"
    r"(?P<name>[A-Z][A-Za-z][\w.+-]{1,25}(?:[- ](?:[A-Z][\w.]*|\d[\w.]*)){0,3})(?=,? (?:a|an|which|with|our|the)\b)"
)

# "Toyla is a family of open language models"
_DEFINED = re.compile(
    r"[\"'“]?(?P<name>[A-Z][A-Za-z]{2,25}(?:[- ]?\d[\w.]{0,6})?)[\"'”]? (?:is|are) (?:a|an|the|our) "
    r"[^.:;]{0,90}\b(?:models?|LLMs?|family|series|transformer)\b"
)
# "This is a model …" names nothing
_NO_NAME = re.compile(r"(?:it|this|that|these|they|here|there|we|each|which|one)\b", re.IGNORECASE)


def find_own_names(blocks: list[Block], about: str | None) -> tuple[str, ...]:
    """Return words that name models here and nowhere else: the title, what was introduced."""
    names: set[str] = set()
    for text in (about, *_titles(blocks)):
        word = re.split(r":\s| [–—-] ", (text or "").rsplit("/", 1)[-1])[0].strip()
        if (
            word
            and not find_mentions(word)
            and _TITLE_WORD.fullmatch(word)
            and not _COMMON.search(word)
        ):
            names.add(word)
    for block in blocks[:60]:
        if isinstance(block, (Paragraph, Value)):
            for match in _INTRODUCED.finditer(block.text.text[:3000]):
                if not find_mentions(match["name"]) and not _COMMON.search(match["name"]):
                    names.add(match["name"])
            defined = _DEFINED.match(block.text.text[:300])
            if (
                defined
                and not _COMMON.search(defined["name"])
                and not _NO_NAME.match(defined["name"])
            ):
                names.update([] if find_mentions(defined["name"]) else [defined["name"]])
    return tuple(sorted(names))


def _titles(blocks: list[Block]) -> list[str]:
    headings = [
        block.text.text[:200]
        for block in blocks[:40]
        if isinstance(block, Heading) and block.level == 1
    ]
    named = [
        block.text.text[:200]
        for block in blocks[:40]
        if isinstance(block, Value) and block.path in _TITLE_KEYS
    ]
    return [*headings[:1], *named[:3]]


def find_subject(
    blocks: list[Block], about: str | None, own: tuple[str, ...], licence: str | None
) -> str | None:
    """Return the model that the document is about, or None when it names none."""
    if about:
        return about.rsplit("/", 1)[-1]
    if licence and (found := find_mentions(licence, own)):
        return found[0].name
    if raw := _find_raw_name(blocks):
        return raw
    for text in _candidates(blocks):
        if found := find_mentions(text[:1500], own):
            return found[0].name
    return None


def _find_raw_name(blocks: list[Block]) -> str | None:
    """The name in a configuration, where it is the only word on the matter."""
    values = [block for block in blocks if isinstance(block, Value)]
    if len(values) < len(blocks):
        return None
    for key in ("_name_or_path", "model_name", "name", "model_type"):
        for value in values:
            word = value.text.text.rsplit("/", 1)[-1]
            if value.path == (key,) and re.fullmatch(r"[A-Za-z][\w.+ -]{1,80}", word):
                found = find_mentions(word)
                return found[0].name if found else word
    return None


def _candidates(blocks: list[Block]) -> list[str]:
    """Where a document names its subject, best place first."""
    values = [block for block in blocks if isinstance(block, Value)]
    named = [
        value.text.text
        for key in _NAME_KEYS
        for value in values
        if value.path[-1] == key and len(value.path) <= 2 and len(value.text.text) < 200
    ]
    headings = [
        block.text.text for block in blocks[:12] if isinstance(block, Heading) and block.level <= 2
    ]
    texts = [block.text.text[:1500] for block in blocks if isinstance(block, Paragraph)]
    described = [value.text.text[:1500] for value in values if len(value.text.text) >= 40]
    rows = [
        cell.text
        for block in blocks
        if isinstance(block, TableBlock)
        for row in block.rows[:3]
        for cell in row
    ]
    return [*named, *headings, *described[:3], *texts[:200], *rows[:100]]
