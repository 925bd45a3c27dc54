"""YAML text → a tree with places, from the parser's events: nothing is ever constructed.

Aliases are refused (a page of them can stand for more memory than there is), tags are not
heeded, scalars stay text.
"""

import re
from typing import Any

import yaml

from kb.text.trees.node import Kind, Node, TreeBuilder, TreeError

MAX_CHARACTERS = 4_000_000
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times faster, where it is built
_NUMBER = re.compile(r"[-+]?(?:\d[\d_]*)(?:\.\d*)?(?:[eE][-+]?\d+)?|[-+]?\.\d+")
_WORDS = frozenset({"", "~", "null", "true", "false", "yes", "no", "on", "off", ".nan", ".inf"})


def parse_yaml(text: str, offset: int = 0) -> Node:
    """Return the tree of `text`, places counted from `offset` on; an empty text is a word.

    Raises TreeError when it is not YAML, has aliases, or is too large.
    """
    if len(text) > MAX_CHARACTERS:
        raise TreeError(f"{len(text):,} characters; at most {MAX_CHARACTERS:,} are read")
    if text.startswith("\ufeff"):
        text, offset = text[1:], offset + 1
    builder = TreeBuilder()
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            _take(builder, event, offset)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise TreeError(f"not YAML: line {mark.line + 1 if mark else 1}") from None
    except (yaml.YAMLError, RecursionError) as error:
        raise TreeError(f"not YAML: {str(error).splitlines()[0][:200]}") from None
    return builder.root or Node(Kind.WORD, offset, offset)


def _take(builder: TreeBuilder, event: yaml.Event, offset: int) -> None:
    if isinstance(event, yaml.AliasEvent):
        raise TreeError("aliases (*name) are not read")
    if isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
        builder.close(_place(event.end_mark) + offset)
        return
    if not isinstance(event, yaml.NodeEvent):
        return
    start, end = _place(event.start_mark) + offset, _place(event.end_mark) + offset
    expects_key = builder.stack and builder.stack[-1].kind is Kind.OBJECT and builder.key is None
    if isinstance(event, yaml.ScalarEvent):
        if expects_key:
            builder.key = (event.value, start)
        else:
            builder.add(Node(_find_kind(event), start, end, event.value))
    elif expects_key:
        raise TreeError("a key that is no plain word")
    else:
        is_list = isinstance(event, yaml.SequenceStartEvent)
        builder.open(Node(Kind.LIST if is_list else Kind.OBJECT, start, end))


def _place(mark: Any) -> int:
    return int(mark.index)


def _find_kind(event: yaml.ScalarEvent) -> Kind:
    if event.style is not None and event.style != "":
        return Kind.TEXT
    if event.value.lower() in _WORDS:
        return Kind.WORD
    return Kind.NUMBER if _NUMBER.fullmatch(event.value) else Kind.TEXT
