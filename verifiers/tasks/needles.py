"""Retrieval: facts hidden in a text, among others of their kind."""

from collections.abc import Callable
from random import Random

from verifiers.tasks.draft import Task, TaskText, draw_depths, spread
from verifiers.tasks.prose import make_sentences
from verifiers.tasks.words import draw_codes, draw_keys, draw_numbers

Drawer = Callable[[Random, int], list[str]]
_WORDS_A_SENTENCE, _WORDS_A_FACT = 11, 10
_HEAD = "Some special numbers and codes are hidden in the following text. Remember them.\n\n"


def _fact(key: str, value: str) -> str:
    return f"The special value of {key} is {value}."


def _ask(
    keys: list[str], body: str, expected: tuple[str, ...], depth: float | None = None
) -> TaskText:
    named = " and ".join((", ".join(keys[:-1]), keys[-1])) if len(keys) > 1 else keys[0]
    many = len(expected) > 1
    question = (
        f"\n\nWhat are all the special values of {named} in the text above?"
        if many
        else f"\n\nWhat is the special value of {named} in the text above?"
    )
    prefix = f"The special {'values' if many else 'value'} of {named} {'are' if many else 'is'}"
    return TaskText(_HEAD + body + question, prefix, expected, depth)


def _hide(random: Random, size: int, facts: list[str]) -> tuple[str, list[float]]:
    depths = draw_depths(random, len(facts))
    prose = make_sentences(random, max(1, size // _WORDS_A_SENTENCE))
    return " ".join(spread(depths, facts, prose)), depths


def make_single_number(random: Random, size: int) -> TaskText:
    """One number in prose."""
    (key,), (value,) = draw_keys(random, 1), draw_numbers(random, 1)
    body, depths = _hide(random, size, [_fact(key, value)])
    return _ask([key], body, (value,), depths[0])


def make_single_code(random: Random, size: int) -> TaskText:
    """One long code in prose."""
    (key,), (value,) = draw_keys(random, 1), draw_codes(random, 1)
    body, depths = _hide(random, size, [_fact(key, value)])
    return _ask([key], body, (value,), depths[0])


def make_single_word(random: Random, size: int) -> TaskText:
    """One number in a list of short remarks instead of prose."""
    (key,), (value,) = draw_keys(random, 1), draw_numbers(random, 1)
    depths = draw_depths(random, 1)
    remarks = [f"{word} is noted." for word in draw_keys(random, max(1, size // 4))]
    lines = spread(depths, [_fact(key, value)], remarks)
    return _ask([key], "\n".join(lines), (value,), depths[0])


def make_multi_key(random: Random, size: int) -> TaskText:
    """One of four numbers in prose."""
    keys, values = draw_keys(random, 4), draw_numbers(random, 4)
    wanted = random.randrange(4)
    body, depths = _hide(random, size, [_fact(*pair) for pair in zip(keys, values, strict=True)])
    return _ask([keys[wanted]], body, (values[wanted],), depths[wanted])


def _make_lines(random: Random, keys: list[str], values: list[str]) -> TaskText:
    wanted = random.randrange(len(keys))
    facts = [_fact(*pair) for pair in zip(keys, values, strict=True)]
    return _ask([keys[wanted]], "\n".join(facts), (values[wanted],), wanted / len(keys))


def make_lines_of_numbers(random: Random, size: int) -> TaskText:
    """One line of a text that is nothing but such lines."""
    count = max(2, size // _WORDS_A_FACT)
    seed = random.random()
    return _make_lines(random, *_draw_pairs(seed, count, draw_keys, draw_numbers))


def make_lines_of_codes(random: Random, size: int) -> TaskText:
    """The same with codes for keys and values."""
    count = max(2, size // _WORDS_A_FACT)
    seed = random.random()
    return _make_lines(random, *_draw_pairs(seed, count, draw_codes, draw_codes))


def _draw_pairs(
    seed: float, count: int, keys: Drawer, values: Drawer
) -> tuple[list[str], list[str]]:
    return keys(Random(f"keys {seed}"), count), values(Random(f"values {seed}"), count)  # noqa: S311


def make_multi_value(random: Random, size: int) -> TaskText:
    """Four numbers of one key."""
    (key,), values = draw_keys(random, 1), draw_numbers(random, 4)
    body, _ = _hide(random, size, [_fact(key, value) for value in values])
    return _ask([key], body, tuple(values))


def make_multi_query(random: Random, size: int) -> TaskText:
    """The numbers of four keys."""
    keys, values = draw_keys(random, 4), draw_numbers(random, 4)
    body, _ = _hide(random, size, [_fact(*pair) for pair in zip(keys, values, strict=True)])
    return _ask(keys, body, tuple(values))


TASKS = (
    Task("single_number", "retrieval", make_single_number, 24),
    Task("single_code", "retrieval", make_single_code, 40),
    Task("single_word", "retrieval", make_single_word, 24),
    Task("multi_key", "retrieval", make_multi_key, 24),
    Task("lines_of_numbers", "retrieval", make_lines_of_numbers, 24),
    Task("lines_of_codes", "retrieval", make_lines_of_codes, 40),
    Task("multi_value", "retrieval", make_multi_value, 80),
    Task("multi_query", "retrieval", make_multi_query, 80),
)
