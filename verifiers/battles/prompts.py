"""Prompts whose answers a program can check: arithmetic, extraction, constraints; from a seed."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

NAME = "checkable/1"
_NAMES = ("Alma", "Bruno", "Carla", "Dario", "Edith", "Felix", "Greta", "Hugo", "Irma", "Jonas")
_TOWNS = ("Lisbon", "Oslo", "Quito", "Nairobi", "Hanoi", "Turin", "Perth", "Leeds", "Kyoto")
_GOODS = ("lamps", "chairs", "kettles", "clocks", "ropes", "bells", "mirrors", "baskets")
_TOPICS = ("the sea", "bread", "winter", "a garden", "trains", "the moon", "rivers", "music")
_PLACES = (
    "a house",
    "a school",
    "a harbour",
    "a hotel",
    "a station",
    "a shop",
    "a museum",
    "a farm",
    "a theatre",
    "a workshop",
    "a library",
    "an attic",
)
MOST = 1500
_MOST_ATTEMPTS = 1000
_LEFT_OUT = ("the", "and", "very", "is")


@dataclass(frozen=True)
class Prompt:
    """A prompt, what a program checks in an answer, and one right and one wrong answer.

    `item` names it for good: set/version/seed/number.
    """

    item: str
    kind: str
    text: str
    checks: tuple[str, ...]
    right: str
    wrong: str


def make_prompts(seed: int, count: int) -> list[Prompt]:
    """Return the first `count` prompts of a seed, no two the same.

    A longer list begins with the shorter one. Raises ValueError for more than `MOST`.
    """
    if count > MOST:
        raise ValueError(f"{count} prompts are asked for; at most {MOST} differ")
    found: dict[str, Prompt] = {}
    for number in range(count):
        attempts = (_make_prompt(seed, number, attempt) for attempt in range(_MOST_ATTEMPTS))
        prompt = next(attempt for attempt in attempts if attempt.text not in found)
        found[prompt.text] = prompt
    return list(found.values())


def _make_prompt(seed: int, number: int, attempt: int) -> Prompt:
    item = f"{NAME}/{seed}/{number}"
    kind, make = _MAKERS[number % len(_MAKERS)]
    text, checks, right, wrong = make(Random(f"{item}/{attempt}"))  # noqa: S311 (nothing secret)
    return Prompt(item, kind, text, checks, right, wrong)


Made = tuple[str, tuple[str, ...], str, str]


def _make_sum(random: Random) -> Made:
    a, b, c = (random.randint(2, 60) for _ in range(3))
    goods = random.choice(_GOODS)
    text = (
        f"A shop has {a} {goods}. It gets {b} more and then sells {min(c, a)}. How many {goods} "
        "are left? Give the number only."
    )
    left = a + b - min(c, a)
    return text, (f"last number: {left}", "words at most: 12"), str(left), str(left + 3)


def _make_product(random: Random) -> Made:
    a, b = random.randint(2, 12), random.randint(2, 60)
    text = f"What is {a} times {b}? Answer with the number only."
    return text, (f"last number: {a * b}", "words at most: 12"), str(a * b), str(a * b + 1)


def _make_extraction(random: Random) -> Made:
    people, towns = random.sample(_NAMES, 3), random.sample(_TOWNS, 3)
    numbers = random.sample(range(100, 1000), 3)
    rows = zip(people, towns, numbers, strict=True)
    lines = [f"{who} of {town} ordered number {number}." for who, town, number in rows]
    random.shuffle(lines)
    text = " ".join(lines) + f" Which number did {people[0]} order? Answer with the number only."
    others = tuple(f"lacks: {number}" for number in numbers[1:])
    return text, (f"has: {numbers[0]}", *others), str(numbers[0]), str(numbers[1])


def _make_lookup(random: Random) -> Made:
    people, towns = random.sample(_NAMES, 3), random.sample(_TOWNS, 3)
    rows = zip(people, towns, strict=True)
    text = " ".join(f"{who} lives in {town}." for who, town in rows)
    text += f" Where does {people[1]} live? Answer with the name of the town only."
    others = tuple(f"lacks: {town}" for town in (towns[0], towns[2]))
    return text, (f"has: {towns[1]}", *others), towns[1], towns[2]


def _make_list(random: Random) -> Made:
    count, goods = random.randint(2, 6), random.sample(_GOODS, 6)
    text = (
        f"List exactly {count} things that one finds in {random.choice(_PLACES)}, {goods[0]} among "
        "them. Put each on a line of its own that begins with a hyphen, and write nothing else."
    )
    right = "\n".join(f"- {item}" for item in goods[:count])
    checks = (
        f"lines: {count}", "each line begins: -", f"has: {goods[0]}",
        f"words at most: {count * 4}",
    )  # fmt: skip
    return text, checks, right, ", ".join(goods[1:])


def _make_sentence(random: Random) -> Made:
    topic, banned = random.choice(_TOPICS), random.choice(_LEFT_OUT)
    word, most = random.choice(_GOODS), random.randint(12, 20)
    text = (
        f"Write one sentence about {topic} in lower case, with at most {most} words. It must hold "
        f'the word "{word}" and must not hold the word "{banned}".'
    )
    checks = (
        f"has: {word}", f"lacks: {banned}", f"words at most: {most}", "words at least: 4",
        "lower case",
    )  # fmt: skip
    return text, checks, f"we love old {word} here", f"The House {banned} Its Garden"


_MAKERS: tuple[tuple[str, Callable[[Random], Made]], ...] = (
    ("arithmetic", _make_sum),
    ("extraction", _make_extraction),
    ("constraints", _make_sentence),
    ("arithmetic", _make_product),
    ("extraction", _make_lookup),
    ("constraints", _make_list),
)
