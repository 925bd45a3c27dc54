"""Write record files as people do: a new one whole, an old one with lines added and none touched.

A library that writes YAML would rewrite what stands there, comments and quoting too. So lines are
put in at the right place, and the outcome is read again by those who call.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from kb.domain.errors import UserError

SCHEMA_LINE = "# yaml-language-server: $schema=../schema/record.schema.json\n"
_ORDER = ("model", "sources", "releases", "claims", "results")
_INDENT = 2


class _Dumper(yaml.SafeDumper):
    """Indents the items of a list below their key, as the records do."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def render_part(value: Any, column: int = 0) -> str:
    """Return a mapping or a list as YAML that begins in `column`."""
    text = yaml.dump(
        value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10_000, indent=_INDENT
    )
    return "".join(f"{' ' * column}{line}\n" for line in text.splitlines())


def render_record(parts: Mapping[str, Any]) -> str:
    """Return a whole record file, a blank line between its parts."""
    given = [{name: parts[name]} for name in _ORDER if parts.get(name)]
    return SCHEMA_LINE + "\n".join(render_part(part) for part in given)


@dataclass(frozen=True)
class _Place:
    """Lines go in before line number `line` (from 0), indented to `column`."""

    line: int
    column: int


def add_source(text: str, key: str, source: Mapping[str, Any]) -> str:
    """Return the text with an entry more under `sources`."""
    node = _find(_compose(text), ("sources",))
    place = _find_end(text, node, "sources")
    return _put(text, place, render_part({key: dict(source)}, place.column))


def add_claim(text: str, claim: Mapping[str, Any]) -> str:
    """Return the text with a claim more, the last; the part is made where there is none."""
    root = _compose(text)
    keys = [key.value for key, _ in root.value]
    if "claims" in keys:
        place = _find_end(text, _find(root, ("claims",)), "claims")
        return _put(text, place, render_part([dict(claim)], place.column))
    after = _find_end(text, _find(root, ("releases" if "releases" in keys else "sources",)), "")
    words = "\n" + render_part({"claims": [dict(claim)]})
    return _put(text, _Place(after.line, 0), words)


def add_sighting(text: str, claim: int, sighting: Mapping[str, Any]) -> str:
    """Return the text with a sighting more of the claim of that number."""
    node = _find(_compose(text), ("claims", claim, "sightings"))
    place = _find_end(text, node, "sightings")
    return _put(text, place, render_part([dict(sighting)], place.column))


def _compose(text: str) -> yaml.MappingNode:
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    assert isinstance(node, yaml.MappingNode)  # the record was read before
    return node


def _find(root: yaml.Node, path: Sequence[str | int]) -> yaml.Node:
    node = root
    for part in path:
        if isinstance(node, yaml.MappingNode):
            node = next(value for key, value in node.value if key.value == part)
        else:
            node = node.value[part]
    return node


def _find_end(text: str, node: yaml.Node, name: str) -> _Place:
    """Return the place after the last entry of a list or mapping, and after its own comments."""
    if not isinstance(node, yaml.CollectionNode) or node.flow_style or not node.value:
        words = f"`{name}` is written in brackets; lines can be added only where each entry has "
        raise UserError(f"{words}lines of its own. Write it so, and try again; nothing was changed")
    first = node.value[0][0] if isinstance(node, yaml.MappingNode) else node
    column = first.start_mark.column
    line = _find_last_line(node) + 1
    lines = text.splitlines()
    while line < len(lines) and _is_comment_within(lines[line], column):
        line += 1
    return _Place(line, column)


def _is_comment_within(line: str, column: int) -> bool:
    words = line.lstrip(" ")
    return words.startswith("#") and 0 < column <= len(line) - len(words)


def _find_last_line(node: yaml.Node) -> int:
    """Return the number of the last line on which the node has words."""
    if isinstance(node, yaml.ScalarNode):
        is_block = node.style in ("|", ">")
        return int(node.end_mark.line) - (1 if is_block and node.end_mark.column == 0 else 0)
    if not isinstance(node, yaml.CollectionNode) or node.flow_style or not node.value:
        return int(node.end_mark.line)
    last = node.value[-1]
    return _find_last_line(last[1] if isinstance(last, tuple) else last)


def _put(text: str, place: _Place, addition: str) -> str:
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    return "".join((*lines[: place.line], addition, *lines[place.line :]))
