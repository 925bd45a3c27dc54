"""What a label stands for: a table's column, a row's name, a key before a colon.

The patterns stand with the claim types. What they leave open is decided by the meaning of the words, when an encoder is given.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from kb.domain.claim_types import CLAIM_TYPES


@dataclass(frozen=True)
class Label:
    """A claim type, its metric where one belongs to it, and the scale of bare numbers."""

    claim_type: str
    metric: str | None = None
    factor: float = 1.0


_COMPILED = tuple(
    (re.compile(label.pattern, re.IGNORECASE), Label(claim_type.name, label.metric))
    for claim_type in CLAIM_TYPES
    for label in claim_type.reading.labels
)
# Columns that hold the models: "Model", "Variant", "Checkpoint", "Methods"
_SUBJECT = re.compile(
    r"(?:base |our |the )?models?(?: ?(?:name|id|variant|version|card|type))?s?|name|variant|model series|checkpoint"
    r"|llms?|system|methods?|architecture name|download", re.IGNORECASE,
)  # fmt: skip
# Columns that hold names of tests: "Benchmark (Metric)", "Task", "Capability"
_BENCHMARK_AXIS = re.compile(
    r"(?:benchmark|task|dataset|evaluation|eval|test|metric|capability|domain|category|subject|area"
    r"|bench)s?(?: ?\(?(?:metric|name|shots?)\)?)?|benchmark \(metric\)|tests? set|.{0,20}benchmarks?",
    re.IGNORECASE,
)
# "# Shots", "n-shot"
_SHOTS = re.compile(r"(?:# ?|num(?:ber)? of |n[-_ ]?)?shots?|shot count", re.IGNORECASE)
# Columns on how a score was made: "Metric", "Setting", "Prompting"
_QUALIFIER = re.compile(
    r"metrics?|setting|settings|prompt(?:ing)?|mode|config(?:uration)?|eval(?:uation)? (?:type|mode)|split"
    r"|# ?shots?|language|method", re.IGNORECASE,
)  # fmt: skip
# Columns that only sort or describe rows: "Category", "Release date", "Notes"
_CATEGORY = re.compile(
    r"category|capability|domain|type|area|group|subject|skill|source|notes?|comments?|date|link|url"
    r"|release(?: date)?|launch date|tokenizer|precision|architecture", re.IGNORECASE,
)  # fmt: skip


@lru_cache(maxsize=4096)
def find_label(text: str) -> Label | None:
    """Return what a label stands for, or None."""
    words = clean_label(text)
    for pattern, label in _COMPILED:
        if pattern.fullmatch(words):
            return label
    return None


def clean_label(text: str) -> str:
    """Return a label without the marks around it: "**Context length** (tokens):" → …"""
    words = re.sub(r"[↑↓*^†‡:?]+|(?<=[a-z])\.(?=\s|$)", " ", text[:200])
    words = re.sub(r"([a-z])([A-Z])", r"\1 \2", words) if " " not in words.strip() else words
    return re.sub(r"\s+", " ", words).strip(" -–—.,").replace("_", "_")


def is_subject_label(text: str) -> bool:
    """Whether a column of this name holds the models."""
    return _SUBJECT.fullmatch(clean_label(text)) is not None


def is_benchmark_label(text: str) -> bool:
    """Whether a column of this name holds names of benchmarks."""
    return _BENCHMARK_AXIS.fullmatch(clean_label(text)) is not None


def is_shots_label(text: str) -> bool:
    """Whether a column of this name tells how many examples were shown."""
    return _SHOTS.fullmatch(clean_label(text)) is not None


def is_qualifier_label(text: str) -> bool:
    """Whether a column of this name tells how a score was made."""
    return _QUALIFIER.fullmatch(clean_label(text)) is not None


def is_category_label(text: str) -> bool:
    """Whether a column of this name only sorts the rows."""
    return _CATEGORY.fullmatch(clean_label(text)) is not None
