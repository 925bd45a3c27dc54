"""What a vLLM server says of its memory while it starts: weights, cache, tokens that fit."""

import re
from dataclasses import dataclass

_GIB = 1024**3
_WEIGHTS = re.compile(r"Model loading took ([\d.]+) ?GiB")
_CHECKPOINT = re.compile(r"Checkpoint size: ([\d.]+) GiB")
_CACHE = re.compile(
    r"(?:Explicitly set|Auto set) \(([\d.]+)/|Available KV cache memory: ([\d.]+) GiB"
)
_TOKENS = re.compile(r"KV cache size: ([\d,]+) tokens")


@dataclass(frozen=True)
class StartFacts:
    """What the log says; None where it says nothing. `weights_bytes` as loaded, or as stored."""

    weights_bytes: int | None = None
    cache_bytes: int | None = None
    cache_tokens: int | None = None


def parse_start(log: str) -> StartFacts:
    """Return what the log of a start says of memory (wording of vLLM 0.32)."""
    weights = _WEIGHTS.search(log) or _CHECKPOINT.search(log)
    cache, tokens = _CACHE.search(log), _TOKENS.search(log)
    return StartFacts(
        _as_bytes(weights[1]) if weights else None,
        _as_bytes(cache[1] or cache[2]) if cache else None,
        int(tokens[1].replace(",", "")) if tokens else None,
    )


def _as_bytes(gib: str) -> int:
    return round(float(gib) * _GIB)
