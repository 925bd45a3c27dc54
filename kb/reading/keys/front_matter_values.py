"""YAML front matter → values under keys, each with its place.

Composed, not loaded: the nodes know where they stand, and no tag or alias is followed.
"""

import re

import yaml

from kb.text.blocks import Value
from kb.text.marked_text import make_marked

_FENCED = re.compile(
    r"\A\ufeff?\s{0,10}---[ \t]*\r?\n(.{0,200000}?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL
)
_MAX_DEPTH = 12
_MAX_VALUES = 5000


def find_front_matter_values(text: str, *, whole: bool = False) -> tuple[list[Value], int]:
    """Return the values of the front matter and where the text after it begins.

    With `whole` the text is YAML altogether. Broken YAML gives no values and is read as text.
    """
    match = _FENCED.match(text)
    if match is None and not whole:
        return [], 0
    body, start, end = (match[1], match.start(1), match.end()) if match else (text[:200_000], 0, 0)
    if "&" in body and re.search(r"[:\-]\s&\w", body):
        return [], end  # anchors: what they multiply is not worth the risk
    try:
        node = yaml.compose(body, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError, ValueError):
        return [], end
    values: list[Value] = []
    _walk(node, (), text, start, values, 0)
    return values, end


def _walk(
    node: yaml.Node | None,
    path: tuple[str, ...],
    text: str,
    start: int,
    values: list[Value],
    depth: int,
) -> None:
    if node is None or depth > _MAX_DEPTH or len(values) >= _MAX_VALUES:
        return
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            _walk(value, (*path, str(key.value)[:100]), text, start, values, depth + 1)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            _walk(value, path, text, start, values, depth + 1)
    elif isinstance(node, yaml.ScalarNode) and path and node.value:
        at, until = start + node.start_mark.index, start + node.end_mark.index
        if node.style in ("|", ">"):
            at += len(re.match(r"[|>][-+\d]*[ \t]*\r?\n?", text[at:until])[0])  # type: ignore[index]
        elif node.style in ("'", '"'):
            at, until = at + 1, until - 1
        value = make_marked(text, at, until)
        if value.text:
            values.append(Value(path, value, node.tag == "tag:yaml.org,2002:str"))
