"""Lists of objects: whose object a value stands in, and what the words beside a price say of it."""

import re
from collections.abc import Callable
from dataclasses import replace

from kb.reading.labels.labels import find_label
from kb.text.blocks import Block, Value

# Keys that name the model an object describes, in lists of models.
_NAMED_BY = (
    "displayname",
    "display_name",
    "modelname",
    "model_name",
    "name",
    "title",
    "model",
    "id",
)
_SURELY = 4  # the first of them are names of models; of the others a name must be known as one
# "textInput", "output_tokens", "prompt"
_SIDE = re.compile(
    r"(?:text|token)?s?[_ -]?(?P<side>input|prompt|output|completion)s?(?:[_ -]?tokens?)?", re.IGNORECASE
)  # fmt: skip
# The figure of a price that is an object: `{"rate": 3, "currency": "usd"}`.
_AMOUNT = re.compile(r"(?:rate|price|amount|cost)", re.IGNORECASE)
_LONGEST_NAME = 80


def find_owners(blocks: list[Block], is_model: Callable[[str], bool]) -> dict[int, str]:
    """Return object number → model, for the objects of a list that describe a model each.

    Where only one object is named, the document as a whole is about it, and nothing is returned.
    """
    names: dict[int, tuple[int, str, tuple[str, ...]]] = {}
    facts: set[int] = set()
    for value in blocks:
        if not isinstance(value, Value) or not value.inside:
            continue
        key = value.path[-1].lower()
        if find_label(value.path[-1]) is not None:
            facts.update(value.inside)
        if key in _NAMED_BY and value.is_string and len(value.text.text) <= _LONGEST_NAME:
            rank, innermost = _NAMED_BY.index(key), value.inside[-1]
            if innermost not in names or rank < names[innermost][0]:
                names[innermost] = (rank, value.text.text, value.path[:-1])
    named = {
        number: (name, path)
        for number, (rank, name, path) in names.items()
        if number in facts and re.search(r"[A-Za-z]", name) and (rank < _SURELY or is_model(name))
    }
    paths = [path for _, path in named.values()]
    return {number: name for number, (name, path) in named.items() if paths.count(path) > 1}


def choose_owner(value: Value, owners: dict[int, str]) -> str | None:
    """Return the model in whose object `value` stands."""
    return next((owners[span] for span in reversed(value.inside) if span in owners), None)


def settle_prices(blocks: list[Block]) -> list[Block]:
    """Put into a price's path what stands beside it: the side that it is for, its currency."""
    words: dict[int, str] = {}
    currencies: dict[int, str] = {}
    for value in blocks:
        if isinstance(value, Value) and value.inside and value.is_string:
            if value.path[-1].lower() in ("name", "type", "kind") and (
                side := _SIDE.fullmatch(value.text.text)
            ):
                words[value.inside[-1]] = side["side"].lower()
            if value.path[-1].lower() == "currency":
                currencies[value.inside[-1]] = value.text.text.lower()
    return (
        [_settle(block, words, currencies) for block in blocks] if words or currencies else blocks
    )


def _settle(block: Block, words: dict[int, str], currencies: dict[int, str]) -> Block:
    if not isinstance(block, Value) or not block.inside or not _AMOUNT.fullmatch(block.path[-1]):
        return block
    side = words.get(block.inside[-1])
    currency = next((currencies[n] for n in reversed(block.inside) if n in currencies), "usd")
    path = (*block.path[:-1], *([side] if side else []), f"{block.path[-1]}_{currency}")
    return replace(block, path=path)
