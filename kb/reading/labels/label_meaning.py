"""What a label that no rule knows stands for, by how near its words are to phrases that we know.

Phrases for what is no claim stand among them, so that "batch size in tokens" has somewhere to
go. A label counts only if one meaning is near and every other one is clearly further away.
"""

import re
from collections.abc import Sequence
from functools import cache

import numpy as np

from kb.domain.claim_types import CLAIM_TYPES
from kb.domain.encoding import Encoder, Vectors
from kb.reading.labels.labels import Label, clean_label

# Chosen on 60 labels written for the purpose: of those below, every one meant something else.
NEAR = 0.70
MARGIN = 0.12
_MOST_WORDS = 7
_MOST_LABELS = 2000

_KNOWN = tuple(
    (Label(claim_type.name), claim_type.reading.phrases)
    for claim_type in CLAIM_TYPES
    if claim_type.reading.phrases
)
# What tables about models hold beside claims; a label near one of these is left alone.
_SOMETHING_ELSE = (
    "batch size", "batch size in tokens", "learning rate", "number of layers", "hidden size",
    "attention heads", "head dimension", "key-value heads", "feed-forward dimension",
    "embedding dimension", "model dimension", "epochs", "warmup steps", "training steps",
    "training time", "optimizer", "weight decay", "dropout", "temperature", "top p", "seed",
    "release date", "date", "version", "author", "downloads", "likes", "rank", "rate limit",
    "requests per minute", "tokens per second", "latency", "speed", "file size", "GPU memory",
    "number of GPUs", "carbon emissions", "energy use", "quantization", "compression ratio",
    "data type", "architecture", "activation function", "position embedding", "sliding window",
    "chunk size", "patch size", "image resolution", "frames", "vision encoder", "sample rate",
    "number of examples in the dataset", "dataset size", "number of questions", "accuracy",
    "perplexity", "loss", "price", "tokenizer", "number of tokens", "number of languages",
    "input format", "output format", "modality", "number of experts", "evaluation", "cost",
)  # fmt: skip
# "max image tokens", "sliding window", "train batch tokens": near in words, but of a part.
_OF_A_PART = re.compile(
    r"\b(?:images?|audio|vision|video|speech|draft|train(?:ed)?|training seq\w*|fine-?tun\w*|eval\w*"
    r"|batch(?:es)?|chunks?|sliding|attention|rope|local|per(?! token)|min(?:imum)?|default|blocks?|heads?"
    r"|layers?|embed\w*|encoder|test|original|initial|prev\w*|cache)\b",
    re.IGNORECASE,
)  # fmt: skip
# So common that they need no asking, which takes seconds to start.
_CERTAINLY_ELSE = re.compile(
    r"(?:.* )?(?:date|version|id|url|title|name|slug|at|dim(?:ension)?s?\.?|hidden size|d model|pdrop"
    r"|range|rate|coef|eps|weight|clip \w+|power consumption.*|carbon.*|speed|performance|gpus?"
    r"|training time|(?:combined )?dataset size|memory|n heads|n layers)",
    re.IGNORECASE,
)


def find_meanings(labels: Sequence[str], encoder: Encoder) -> dict[str, Label]:
    """Return what those of `labels` stand for whose meaning is clear."""
    words = {label: _make_words(label) for label in dict.fromkeys(labels)}
    asked = {label: text for label, text in words.items() if _can_be_asked(text)}
    asked = dict(list(asked.items())[:_MOST_LABELS])
    if not asked:
        return {}
    rows = encoder.encode(list(asked.values()))
    nearness = np.asarray(rows @ _encode_phrases(encoder).T, dtype=np.float32)
    found = ((label, _choose(row)) for label, row in zip(asked, nearness, strict=True))
    return {label: meaning for label, meaning in found if meaning is not None}


def _make_words(label: str) -> str:
    return clean_label(label).replace("_", " ").replace("-", " ").lower()


def _can_be_asked(words: str) -> bool:
    if not 1 <= len(words.split()) <= _MOST_WORDS or not re.search(r"[a-z]{3}", words):
        return False
    return not _OF_A_PART.search(words) and not _CERTAINLY_ELSE.fullmatch(words)


@cache
def _encode_phrases(encoder: Encoder) -> Vectors:
    """Rows for the phrases of each meaning in turn, then for what is something else."""
    return encoder.encode([*(text for _, texts in _KNOWN for text in texts), *_SOMETHING_ELSE])


def _choose(nearness: Vectors) -> Label | None:
    """The meaning that is near, if every other one is clearly further away."""
    ends = np.cumsum([len(texts) for _, texts in _KNOWN])
    best = [float(part.max()) for part in np.split(nearness, ends)]
    winner = int(np.argmax(best))
    others = max(score for index, score in enumerate(best) if index != winner)
    is_clear = best[winner] >= NEAR and best[winner] - others >= MARGIN
    return _KNOWN[winner][0] if is_clear and winner < len(_KNOWN) else None
