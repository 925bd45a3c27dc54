"""Aggregation: what stands most often in the whole text."""

from random import Random

from verifiers.tasks.draft import Task, TaskText
from verifiers.tasks.words import draw_invented, draw_nouns

_COMMON, _TIMES_COMMON, _TIMES_RARE = 10, 30, 3
_TOP = 3


def make_common_words(random: Random, size: int) -> TaskText:
    """Ten words that come ten times as often as all others."""
    seed = random.random()
    common = draw_nouns(random, _COMMON)
    rare_count = max(1, (size - _COMMON * _TIMES_COMMON) // (2 * _TIMES_RARE))
    times = min(_TIMES_COMMON, max(_TIMES_RARE + 2, size // (2 * _COMMON)))
    rare = draw_invented(Random(f"rare {seed}"), rare_count)  # noqa: S311
    words = common * times + rare * _TIMES_RARE
    Random(f"order {seed}").shuffle(words)  # noqa: S311 (no secret)
    lines = " ".join(f"{number}. {word}" for number, word in enumerate(words, 1))
    head = "Below is a numbered list of words. Some come often, most come seldom.\n\n"
    question = f"\n\nWhich {_COMMON} words come most often in the list above?"
    prefix = f"The {_COMMON} words that come most often are"
    return TaskText(head + lines + question, prefix, tuple(common))


def make_frequent_words(random: Random, size: int) -> TaskText:
    """The three most frequent of coded words whose counts fall like 1/rank²."""
    seed = random.random()
    kinds = max(_TOP + 2, min(size // 8, 2000))
    words = [word.replace(" ", "") for word in draw_invented(random, kinds)]
    weights = [1.0 / (rank + 1) ** 2 for rank in range(kinds)]
    total = sum(weights)
    counts = [max(1, round(size * weight / total)) for weight in weights]
    for rank in range(_TOP, 0, -1):  # no ties among those that are asked for
        counts[rank - 1] = max(counts[rank - 1], counts[rank] + 1)
    text = [word for word, count in zip(words, counts, strict=True) for _ in range(count)]
    Random(f"order {seed}").shuffle(text)  # noqa: S311 (no secret)
    head = "Read the following coded text and count its words.\n\n"
    question = f"\n\nWhich {_TOP} words come most often in the coded text above?"
    prefix = f"The {_TOP} words that come most often are"
    return TaskText(head + " ".join(text) + question, prefix, tuple(words[:_TOP]))


TASKS = (
    Task("common_words", "aggregation", make_common_words, 80),
    Task("frequent_words", "aggregation", make_frequent_words, 40),
)
