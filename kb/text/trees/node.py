"""A value in a JSON or YAML text, with its place, and how a tree of them is put together.

Everything is bounded, and nothing is converted before it is asked for: a number stays as it is
written, so that one with a million digits costs nothing.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

MAX_CHARACTERS = 25_000_000
MAX_DEPTH = 60
MAX_NODES = 3_000_000
_NUMBER = re.compile(r"[-+]?(?:\d[\d_]*)(?:\.\d*)?(?:[eE][-+]?\d{1,3})?|[-+]?\.\d+")
_MOST_DIGITS = 40
_TRUTH = {"true": True, "false": False}


class TreeError(ValueError):
    """The text is not what it should be; the message says where and why."""


class Kind(StrEnum):
    """What sort of value it is. A word is true, false, null and the like."""

    OBJECT = "object"
    LIST = "list"
    TEXT = "text"
    NUMBER = "number"
    WORD = "word"


_EMPTY: dict[str, "Node"] = {}  # shared by all scalars: a tree of a million stays small
_EMPTY_TOO: dict[str, list["Node"]] = {}


@dataclass(slots=True, eq=False)
class Node:
    """One value. `start` and `end` are offsets of the value, `key_start` of its key.

    `text` is what a scalar says: a string unescaped, a number as written. A key that stands
    twice in an object counts as not there, since which one is meant is not ours to decide.
    """

    kind: Kind
    start: int
    end: int
    text: str = ""
    key_start: int | None = None
    members: dict[str, "Node"] = field(default_factory=lambda: _EMPTY)
    entries: Sequence["Node"] = ()
    repeated: dict[str, list["Node"]] = field(default_factory=lambda: _EMPTY_TOO)

    @property
    def whole_start(self) -> int:
        """Where it begins with its key."""
        return self.start if self.key_start is None else self.key_start

    def get(self, *path: str) -> "Node | None":
        """Return the value under a path of keys, or None."""
        node: Node | None = self
        for key in path:
            if node is None:
                return None
            node = None if key in node.repeated else node.members.get(key)
        return node

    def words(self, *path: str) -> str | None:
        """Return the string under `path`, stripped, or None for another kind or none."""
        node = self.get(*path)
        if node is None or node.kind is not Kind.TEXT:
            return None
        return node.text.strip() or None

    def truth(self, *path: str) -> bool | None:
        """Return the boolean under `path`, or None."""
        node = self.get(*path)
        return _TRUTH.get(node.text.lower()) if node and node.kind is Kind.WORD else None

    def walk(self) -> Iterator[tuple[str, "Node"]]:
        """Yield every member of every object, with its key; those that stand twice too."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            children = [
                (key, child)
                for key, first in node.members.items()
                for child in node.repeated.get(key, (first,))
            ]
            yield from children
            waiting += node.entries
            waiting += (child for _, child in children)

    def strings(self) -> list[str]:
        """Return the strings of a list."""
        return [entry.text for entry in self.entries if entry.kind is Kind.TEXT]


def read_number(node: Node | None) -> float | None:
    """Return a finite number, written as such or as a string, or None."""
    if node is None or node.kind not in (Kind.NUMBER, Kind.TEXT):
        return None
    text = node.text.strip()
    if len(text) > _MOST_DIGITS or _NUMBER.fullmatch(text) is None:
        return None
    value = float(text.replace("_", ""))
    return value if math.isfinite(value) else None


def read_integer(node: Node | None) -> int | None:
    """Return a number that is whole, or None."""
    value = read_number(node)
    if value is None or node is None or not value.is_integer():
        return None
    digits = node.text.strip().replace("_", "")
    return int(digits) if digits.lstrip("+-").isdigit() else int(value)


class TreeBuilder:
    """Puts values where they belong and keeps within the bounds."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self.stack: list[Node] = []
        self.key: tuple[str, int] | None = None
        self.count = 0

    def add(self, node: Node) -> None:
        """Put a value into what is open."""
        self.count += 1
        if self.count > MAX_NODES:
            raise TreeError(f"more than {MAX_NODES:,} values")
        if not self.stack:
            if self.root is not None:
                raise TreeError("more than one value")
            self.root = node
        elif self.stack[-1].kind is Kind.LIST:
            self.stack[-1].entries.append(node)  # type: ignore[attr-defined]
        else:
            self._add_member(self.stack[-1], node)

    def _add_member(self, parent: Node, node: Node) -> None:
        assert self.key is not None
        name, node.key_start = self.key
        self.key = None
        if name in parent.members:
            parent.repeated.setdefault(name, [parent.members[name]]).append(node)
        else:
            parent.members[name] = node

    def open(self, node: Node) -> None:
        """Put an object or a list in, and open it."""
        self.add(node)
        node.members, node.entries, node.repeated = {}, [], {}
        self.stack.append(node)
        if len(self.stack) > MAX_DEPTH:
            raise TreeError(f"nested more than {MAX_DEPTH} deep")

    def close(self, end: int) -> None:
        """Close what was opened last."""
        self.stack.pop().end = end
