"""What a number of tokens is: training data, a window, an output, or a vocabulary."""

import re

from kb.reading.prose.numbers import Number
from kb.reading.vocabulary.meaning import Meaning

# Tokens of which the sentence doesn't tell what they count; a label may.
UNDECIDED_TOKENS = Meaning(None, reason="tokens of something else")
# "15T tokens", "2 trillion high-quality tokens"; not "4M tokens per batch" or "500 tokens/s"
_TOKENS = re.compile(
    r"[\s-]*(?:[a-z-]+\s){0,2}tokens?\b(?![\s-]*(?:batch|/(?!\s?\d)|per|warm))", re.IGNORECASE
)
# "trained on 300M tokens", "a corpus of 900M tokens"
_TRAINED = re.compile(r"train|corpus|dataset|data\b|tokens of", re.IGNORECASE)
# "inputs of 32K tokens", "can attend to 1M tokens", "extrapolates to 256K tokens"
_TAKES_IN = re.compile(
    r"context|sequence|window|input|prompt|long|length|position|attend|process|handl|extend|extrapolat|support",
    re.IGNORECASE,
)
# "generates 8K tokens", "responses of 4,096 tokens"
_GIVES_OUT = re.compile(r"output|generat|respon|completion", re.IGNORECASE)
# "a tokenizer with a total of 64,000 tokens"
_TOKENIZER = re.compile(
    r"\b(?:tokeni[sz]er|vocab(?:ulary)?)\b(?:\s\w{1,12}){1,3}\s*$", re.IGNORECASE
)
# No window is longer than 200 million tokens, and nobody boasts of fewer than 2 billion to train
# on.
_FEW_TOKENS, _MANY_TOKENS = 2e8, 2e9


def is_of_tokens(after: str) -> bool:
    """Whether the words after a number say that it counts tokens."""
    return _TOKENS.match(after) is not None


def find_token_meaning(number: Number, before: str, after: str) -> Meaning | None:
    """Return what tokens are: many are training data, few are a window, and the sentence decides between."""
    if number.currency:
        return None
    if re.search(
        r"batch[\s-]size|per (?:day|second|minute|batch|step)",
        before[-60:] + after[:40],
        re.IGNORECASE,
    ):
        return Meaning(None, reason="a batch size or a rate")
    if number.value >= _MANY_TOKENS:
        return Meaning("training_tokens")
    if number.value < 100:
        return None
    if _TOKENIZER.search(before) and 1000 <= number.value <= 5e6:
        return Meaning("vocab_size")
    near = before[-70:] + after[:50]
    if _GIVES_OUT.search(before[-30:]) and not re.search(r"context|window", near, re.IGNORECASE):
        return Meaning("output_length")
    if number.value <= _FEW_TOKENS and _TAKES_IN.search(near):
        return Meaning("context_length")
    if number.value >= 1e8 and _TRAINED.search(near):
        return Meaning("training_tokens")
    return UNDECIDED_TOKENS
