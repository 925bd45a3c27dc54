"""Split a written model name into tokens: words, numbers, sizes, with glue undone."""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import groupby

_FILE_SUFFIX = re.compile(
    r"(?:-\d{5}-of-\d{5})?\.(?:gguf|safetensors|bin|pth?|onnx|part\d+)$", re.IGNORECASE
)
_PRECISION = re.compile(
    r"(?<![^\W_])(i?q\d(?:_(?:k|\d|xxs|xs|s|m|l|xl|nl))*|bf16|fp?(?:8|16|32)(?:[-_ ]dynamic)?"
    r"|nvfp4|mxfp4|nf4|int[-_ ]?[248]|w\d{1,2}a\d{1,2}|[2348][-_ ]?bits?|gptq|awq|gguf|ggml"
    r"|exl[23]|mlx|bnb|hf|onnx|qat|quanti[sz]ed|original)(?![^\W_])"
)
_UNDERSCORED = re.compile(r"(?<![\d.])(\d)_(\d)(?![\d.])")
_HYPHENED = re.compile(r"(?<![\w.])(\d)-(\d)(?![\w.])")
_RAW = re.compile(r"[^\W_]+(?:\.(?=\d)[^\W_]+)*\+?")
_GLUED = re.compile(r"(?P<word>[^\W\d_]+)(?P<rest>\d.*)")
_TAIL = re.compile(r"(?P<number>\d+(?:\.\d+)*)(?P<word>[^\W\d_]{2,})")
_MAX_RUN = 48


def take_precision(text: str) -> tuple[str, tuple[str, ...]]:
    """Return lower-case `text` without file suffix and precision, and the precisions it named."""
    stem = _FILE_SUFFIX.sub("", text)
    found = {re.sub(r"[-_ ]", "", match[1]) for match in _PRECISION.finditer(stem)}
    is_all = not re.search(r"[^\W_]", _PRECISION.sub(" ", stem))
    if is_all:  # a name that is nothing else keeps it
        return stem, ()
    return _PRECISION.sub(" ", stem), tuple(sorted(found))


def split_tokens(text: str, known_words: Collection[str]) -> list[str]:
    """Return the tokens of lower-case `text`: "llama4scout" gives llama, 4, scout.

    Words that are written together or apart are levelled where all of their letters spell
    `known_words`: "flashlite" gives flash, lite, and "deep seek" gives deepseek.
    """
    plain = _HYPHENED.sub(r"\1.\2", _UNDERSCORED.sub(r"\1.\2", text))
    plain = re.sub(r"['’]s\b", "", plain)
    loose = [part for raw in _RAW.findall(plain) for part in _unglue(raw, known_words)]
    return list(_level_words(loose, frozenset(known_words)))


def _unglue(raw: str, known_words: Collection[str]) -> Iterator[str]:
    """Split letters from the number behind them, unless they are one or two ("r1", "k2")."""
    token = raw.removesuffix("+")
    glued = _GLUED.fullmatch(token)
    if glued and (len(glued["word"]) > 2 or glued["word"] in known_words):
        yield glued["word"]
        token = glued["rest"]
    tail = _TAIL.fullmatch(token)
    if tail and tail["word"] not in ("bit", "bits"):
        yield tail["number"]
        token = tail["word"]
    yield token
    if raw.endswith("+"):
        yield "plus"


def _level_words(tokens: Sequence[str], known_words: frozenset[str]) -> Iterator[str]:
    for is_word, grouped in groupby(tokens, str.isalpha):
        run = list(grouped)
        yield from segment(run, known_words) if is_word else run


def segment(run: Sequence[str], known_words: frozenset[str]) -> Sequence[str]:
    """Return the words of a run in known words, or as they were written if that fails."""
    together = "".join(run)
    if len(together) > _MAX_RUN:
        return run
    if whole := _spell(together, known_words):
        return whole
    return [part for word in run for part in _spell(word, known_words) or (word,)]


@lru_cache(maxsize=20_000)
def _spell(letters: str, known_words: frozenset[str]) -> tuple[str, ...]:
    """Spell `letters` in known words, longest first; empty if it cannot be done."""
    dead: set[int] = set()

    def spell_from(start: int) -> tuple[str, ...] | None:
        if start == len(letters):
            return ()
        if start in dead:
            return None
        for end in range(len(letters), start, -1):
            if letters[start:end] in known_words:
                rest = spell_from(end)
                if rest is not None:
                    return (letters[start:end], *rest)
        dead.add(start)
        return None

    return spell_from(0) or ()
