"""JSON, or the object literals of a program → values under keys, each with its place.

A scanner of our own, since the libraries that read JSON do not tell where a value stood, and
none reads the object literals that some vendors keep their cards in. Depth and size are bounded.
"""

import re

from kb.text.blocks import Value
from kb.text.marked_text import make_plain

_MAX_DEPTH = 64
_MAX_VALUES = 200_000
_PIECE = re.compile(
    # Comments too, as in TypeScript files that list models
    r"(?P<space>\s+|//[^\n]*|/\*.{0,5000}?\*/)"
    r"|(?P<string>\"(?:[^\"\\\n]|\\.){0,20000}\"|'(?:[^'\\\n]|\\.){0,20000}'|`(?:[^`\\]|\\.){0,20000}`)"
    # A string that never ends: the rest of the line is taken, not the rest of the file.
    r"|(?P<unclosed>\"(?:[^\"\\\n]|\\.){0,20000}|'(?:[^'\\\n]|\\.){0,20000}|`(?:[^`\\]|\\.){0,20000})"
    r"|(?P<number>-?\d[\d_]{0,40}(?:\.\d{1,40})?(?:[eE][+-]?\d{1,4})?)"
    r"|(?P<word>[A-Za-z_$][\w$.]{0,200})"
    r"|(?P<mark>[{}\[\](),:;=])"
    r"|(?P<other>.)",
    re.DOTALL,
)
_KEY_FOLLOWS = re.compile(r"\s{0,20}:")


def find_values(source: str) -> list[Value]:
    """Return the strings and numbers of `source` with the keys that lead to them.

    Items of a list share the list's path. What is no object is passed over.
    """
    values: list[Value] = []
    stack: list[str] = []  # the key under which each open bracket stands
    inside: list[tuple[int, ...]] = [()]  # the objects around each place
    key, last = "", ""
    for match in _PIECE.finditer(source):
        kind, piece = match.lastgroup, match[0]
        if kind == "space":
            continue
        if piece in "{[(" and kind == "mark":
            stack.append(key)
            inside.append((*inside[-1], match.start()) if piece == "{" else inside[-1])
            if len(stack) > _MAX_DEPTH:
                break
            key = ""
        elif piece in "}])" and kind == "mark":
            key = stack.pop() if stack else ""
            if len(inside) > 1:
                inside.pop()
        elif piece == ":" and kind == "mark":
            key = last
        elif piece in ",;" and kind == "mark":
            key = ""
        elif kind in ("string", "number") and not _KEY_FOLLOWS.match(source, match.end()):
            path = tuple(step for step in (*stack, key) if step)
            inner = 1 if kind == "string" else 0
            text = make_plain(source, match.start() + inner, match.end() - inner)
            if path and text.text:
                values.append(Value(path, text, kind == "string", inside[-1]))
                if len(values) >= _MAX_VALUES:
                    break
        if kind in ("string", "word"):
            last = piece.strip("\"'`")
    return values
