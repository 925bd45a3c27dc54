"""JSON text → a tree with places (RFC 8259; NaN and Infinity are let through as words).

The standard library's parser forgets where a value stood, and takes the last of two equal keys
without a word.
"""

import json
import re

from kb.text.trees.node import MAX_CHARACTERS, Kind, Node, TreeBuilder, TreeError

_TOKEN = re.compile(
    r"[ \t\r\n]*(?:(?P<mark>[{}\[\]:,])"
    r'|(?P<text>"[^"\\]*(?:\\.[^"\\]*)*")'
    r"|(?P<number>-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)"
    r"|(?P<word>true|false|null|NaN|-?Infinity))",
    re.DOTALL,
)
_SPACE = re.compile(r"[ \t\r\n]*")
_CLOSING = (("}", Kind.OBJECT), ("]", Kind.LIST))
_AFTER_VALUE, _VALUE, _KEY, _COLON, _FIRST_VALUE, _FIRST_KEY = range(6)


def parse_json(text: str) -> Node:
    """Return the tree of `text`; raise TreeError naming the line when it is not JSON."""
    if len(text) > MAX_CHARACTERS:
        raise TreeError(f"{len(text):,} characters; at most {MAX_CHARACTERS:,} are read")
    return _JsonParser(text).parse()


class _JsonParser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.builder = TreeBuilder()
        self.state = _VALUE
        self.at = 1 if text.startswith("\ufeff") else 0

    def parse(self) -> Node:
        while (token := _TOKEN.match(self.text, self.at)) is not None:
            self.at = token.end()
            self._take(token)
        end = _SPACE.match(self.text, self.at)
        done = self.builder.root is not None and not self.builder.stack
        if self.builder.root is None or not done or (end and end.end() != len(self.text)):
            raise self._error()
        return self.builder.root

    def _take(self, token: re.Match[str]) -> None:
        kind = token.lastgroup or ""
        raw, start, end = token[kind], token.start(kind), token.end()
        if kind == "mark":
            self._take_mark(raw, start, end)
        elif kind == "text" and self.state in (_KEY, _FIRST_KEY):
            self.builder.key = (_unescape(raw), start)
            self.state = _COLON
        elif self.state in (_VALUE, _FIRST_VALUE):
            words = _unescape(raw) if kind == "text" else raw
            self.builder.add(Node(Kind(kind), start, end, words))
            self.state = _AFTER_VALUE
        else:
            raise self._error(start)

    def _take_mark(self, mark: str, start: int, end: int) -> None:
        stack, state = self.builder.stack, self.state
        inside = stack[-1].kind if stack else None
        if mark in "{[" and state in (_VALUE, _FIRST_VALUE):
            self.builder.open(Node(Kind.OBJECT if mark == "{" else Kind.LIST, start, end))
            self.state = _FIRST_KEY if mark == "{" else _FIRST_VALUE
        elif (mark, inside) in _CLOSING and state in (_AFTER_VALUE, _FIRST_KEY, _FIRST_VALUE):
            self._close(end)
        elif mark == ":" and state == _COLON:
            self.state = _VALUE
        elif mark == "," and inside is not None and state == _AFTER_VALUE:
            self.state = _KEY if inside is Kind.OBJECT else _VALUE
        else:
            raise self._error(start)

    def _close(self, end: int) -> None:
        self.builder.close(end)
        self.state = _AFTER_VALUE

    def _error(self, at: int | None = None) -> TreeError:
        line = self.text.count("\n", 0, self.at if at is None else at) + 1
        return TreeError(f"not JSON: line {line}")


def _unescape(raw: str) -> str:
    if "\\" not in raw:
        return raw[1:-1]
    try:
        return str(json.loads(raw, strict=False))
    except ValueError:
        raise TreeError("not JSON: a string with an escape that there is not") from None
