"""Record files: YAML text → draft, or problems that name the line and the remedy."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from kb.domain.drafts import Draft
from kb.domain.errors import UserError
from kb.records.drafts import RecordDraft
from kb.records.plain_errors import explain_error

MAX_BYTES = 1_000_000
_MAX_DEPTH = 12
_Path = tuple[str | int, ...]
Lines = dict[_Path, int]
AnyDraft = TypeVar("AnyDraft", bound=Draft)


class Severity(StrEnum):
    """How sure it is that something is wrong: surely, perhaps, or not to be told from here."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, order=True)
class Problem:
    """What is wrong in a record file, where, and how to mend it."""

    file: str
    line: int
    message: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        word = "" if self.severity is Severity.ERROR else f"{self.severity}: "
        return f"{self.file}:{self.line}: {word}{self.message}"


@dataclass(frozen=True)
class RecordFile:
    """A parsed record file: its text, and the line on which each part of it stands."""

    name: str
    draft: RecordDraft
    lines: Lines
    text: str

    @property
    def file_name(self) -> str:
        """Name of the file without its folder: versions of a record are told by it."""
        return Path(self.name).name

    def find_line(self, path: Sequence[str | int]) -> int:
        """Return the line of `path`, or of the nearest part around it."""
        return find_line(self.lines, tuple(path))


class RecordError(UserError):
    """The file cannot be used; `problems` lists why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class _StrictLoader(yaml.SafeLoader):
    """A safe loader that also refuses aliases, double keys and deep nesting."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.MarkedYAMLError(
                problem="aliases (*name) are not allowed in records; write the value out",
                problem_mark=mark,
            )
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if getattr(event, "tag", None) is not None:
            raise yaml.MarkedYAMLError(
                problem=f"tags like {event.tag} are not allowed in records; write plain values",
                problem_mark=event.start_mark,
            )
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.MarkedYAMLError(
                problem=f"nested more than {_MAX_DEPTH} levels deep; records need fewer",
                problem_mark=mark,
            )
        node: yaml.Node | None = super().compose_node(parent, index)
        self.depth -= 1
        return node


def _construct_day(loader: _StrictLoader, node: yaml.ScalarNode) -> object:
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError as error:
        raise yaml.MarkedYAMLError(
            problem=f"{node.value} is not a date ({error})", problem_mark=node.start_mark
        ) from None


_BOOL = "tag:yaml.org,2002:bool"
_StrictLoader.add_constructor("tag:yaml.org,2002:timestamp", _construct_day)
# As in YAML 1.2: `on`, `off`, `yes` and `no` are words, not booleans.
_StrictLoader.yaml_implicit_resolvers = {
    first: [resolver for resolver in resolvers if resolver[0] != _BOOL]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_StrictLoader.add_implicit_resolver(_BOOL, re.compile(r"^(?:true|false)$", re.I), list("tTfF"))


def parse_record(data: bytes, name: str) -> RecordFile:
    """Read one record file; raise RecordError with a problem for each thing that is wrong."""
    draft, lines = parse_draft(data, name, RecordDraft)
    return RecordFile(name, draft, lines, data.decode())


def parse_draft(data: bytes, name: str, kind: type[AnyDraft]) -> tuple[AnyDraft, Lines]:
    """Read a YAML file of any kind that has a draft, with the line of each part.

    Raises RecordError with a problem for each thing that is wrong.
    """
    node, value = _parse_yaml(data, name)
    lines: Lines = {(): 1}
    _note_lines(node, (), lines, name)
    try:
        draft = kind.model_validate(value)
    except ValidationError as error:
        raise RecordError(
            [
                Problem(name, find_line(lines, detail["loc"]), _explain(detail))
                for detail in error.errors(include_url=False)
            ]
        ) from None
    return draft, lines


def _parse_yaml(data: bytes, name: str) -> tuple[yaml.Node, Any]:
    if len(data) > MAX_BYTES:
        size = f"{len(data):,} bytes; a record has at most {MAX_BYTES:,}"
        raise RecordError([Problem(name, 1, f"the file is too large ({size}); split it by model")])
    try:
        loader = _StrictLoader(data.decode("utf-8"))
        node = loader.get_single_node()
        if not isinstance(node, yaml.MappingNode):
            message = "a record is a mapping with model, sources and claims; see CONTRIBUTING.md"
            raise RecordError([Problem(name, 1, message)])
        return node, loader.construct_document(node)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise RecordError([Problem(name, line, "not UTF-8; save the file as UTF-8")]) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise RecordError([Problem(name, mark.line + 1 if mark else 1, _in_plain(error))]) from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        first = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise RecordError([Problem(name, 1, f"not readable as YAML: {first}")]) from None


def _in_plain(error: yaml.MarkedYAMLError) -> str:
    problem = error.problem or "not readable as YAML"
    if "'\\t'" in problem:
        return "a tab in the indentation; YAML wants spaces, two a level"
    ours = ("not allowed", "nested", "is no day")
    return problem if any(words in problem for words in ours) else f"not YAML: {problem}"


def _note_lines(node: yaml.Node, path: _Path, lines: Lines, name: str) -> None:
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                message = f"key {str(key.value)[:60]!r} appears twice; keep one"
                raise RecordError([Problem(name, key.start_mark.line + 1, message)])
            seen.add(key.value)
            lines[(*path, key.value)] = key.start_mark.line + 1
            _note_lines(value, (*path, key.value), lines, name)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            lines[(*path, index)] = value.start_mark.line + 1
            _note_lines(value, (*path, index), lines, name)


def find_line(lines: Lines, path: _Path) -> int:
    """Return the line of `path`, or of the nearest part around it."""
    while path not in lines:
        path = path[:-1]
    return lines[path]


def _as_key(part: object) -> str:
    text = str(part)
    return text if text.isprintable() and len(text) < 60 else repr(text[:60])


_REMEDIES = {
    "extra_forbidden": "; see schema/record.schema.json for those there are",
    "string_type": "; put a number or a date between quotes",
}


def _explain(error: Any) -> str:
    place = ".".join(_as_key(part) for part in error["loc"]) or "record"
    return f"{place}: {explain_error(error)}{_REMEDIES.get(error['type'], '')}"
