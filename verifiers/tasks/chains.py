"""Tracing: a value handed on from name to name."""

from itertools import pairwise
from random import Random

from verifiers.tasks.draft import Task, TaskText, draw_depths, spread
from verifiers.tasks.prose import make_sentences
from verifiers.tasks.words import draw_invented, draw_numbers

_LINKS = 4
_WORDS_A_SENTENCE = 11


def make_chain(random: Random, size: int) -> TaskText:
    """Names that all come to one value, through each other; a second chain leads astray."""
    names = [name.upper().replace(" ", "") for name in draw_invented(random, 2 * (_LINKS + 1))]
    first, second = names[: _LINKS + 1], names[_LINKS + 1 :]
    value, other = draw_numbers(random, 2)
    facts = [*_make_links(first, value), *_make_links(second, other)]
    order = sorted(range(len(facts)), key=lambda place: (place % (_LINKS + 1), random.random()))
    depths = draw_depths(random, len(facts))
    prose = make_sentences(random, max(1, size // _WORDS_A_SENTENCE))
    body = spread(depths, [facts[place] for place in order], prose)
    head = "In the following text, values are given to names. Follow them.\n\n"
    question = f"\n\nWhich {_LINKS + 1} names have the value {value}, directly or through others?"
    prefix = f"The {_LINKS + 1} names with the value {value} are"
    return TaskText(head + " ".join(body) + question, prefix, tuple(first))


def _make_links(names: list[str], value: str) -> list[str]:
    given = [f"NAME {names[0]} = {value}."]
    return given + [f"NAME {b} = NAME {a}." for a, b in pairwise(names)]


TASKS = (Task("chain", "tracing", make_chain, 60),)
