"""A score in a table's cell, under the name of a test."""

import re
from collections.abc import Iterator

from kb.reading.prose.numbers import Number, find_numbers_in
from kb.reading.raw_claims import RawClaim
from kb.reading.vocabulary.benchmarks import is_benchmark, split_metric
from kb.text.marked_text import Marked

# For example "79.3", "79.3*", "88.1 ± 0.4", "62.5 (5-shot)", "71.2 / 69.8"
_CELL = re.compile(
    r"(?:[~≈*†‡↑↓]|\s)*\d{1,5}(?:,\d{3})?(?:\.\d{1,4})?\s?%?(?:\s?[*†‡^§a-d]|\s?±\s?[\d.]+|\s?\(.{0,40}\)|\[\d+\])*"
    r"(?:\s?/\s?\d{1,4}(?:\.\d{1,3})?%?)?\s*"
)
_LONGEST = 60
# Columns of numbers that are no scores: "# Params", "Latency", "Carbon", "Learning rate"
_NOT_SCORES = re.compile(
    r"#|\b(?:params?|size|tokens|date|year|rank|cost|price|latency|throughput|hours|speed|epochs?|layers|watt|power|carbon|co2|emi|time|lr|batch|learning rate|compress\w*)\b|\(W\)",
    re.IGNORECASE,
)


def is_no_score(label: str) -> bool:
    """Whether a label names a measure that is no score, such as a size, a price or a setting."""
    return _NOT_SCORES.search(label) is not None


def read_score(cell: Marked, label: str, settings: list[str]) -> Iterator[RawClaim]:
    """Yield the score or scores in a cell; nothing when it holds something else."""
    if len(cell.text) > _LONGEST or not _CELL.fullmatch(cell.text) or is_no_score(label):
        return
    name, setting = split_metric(label)
    if not re.search(r"[A-Za-zτ]", name) or len(name) > 140:
        return
    numbers = _find_scores(cell.text)
    parts = _split_names(name, len(numbers))
    qualifiers = [text for text in (setting, *settings) if text]
    for number, part in zip(numbers, parts, strict=False):
        if number.value > 100 and not is_benchmark(name):
            continue
        metric = f"{part} ({', '.join(qualifiers)})" if qualifiers else part
        unit = "percent" if number.value <= 100 else "points"
        yield RawClaim(
            "benchmark_score", cell, number.start, number.end, number.value, None, unit,
            number.operator, metric[:200],
        )  # fmt: skip


def _find_scores(text: str) -> list[Number]:
    """The score at the start, and a second one after a stroke; not what stands in brackets."""
    bare = re.sub(r"\([^()]*\)|±\s?[\d.]+|\[\d+\]", lambda m: " " * len(m[0]), text)
    bare = re.sub(r"(?<=\d)[*†‡^§a-d]+", lambda m: " " * len(m[0]), bare)
    spaced = bare.replace("/", " ")
    return find_numbers_in(spaced)[:2]


def _split_names(name: str, count: int) -> list[str]:
    """Give each of two scores its name: "MTOB eng->kgv/kgv->eng" names two."""
    if count < 2:
        return [name]
    match = re.fullmatch(r"(.*?)(\S+)\s?/\s?(\S+)", name)
    if match is None:
        return [name]
    return [f"{match[1]}{match[2]}".strip(), f"{match[1]}{match[3]}".strip()]
