"""Audit files: YAML text → draft with its lines, and back."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from kb.records.audits.drafts import AuditDraft
from kb.records.files import Lines, Problem, Severity, find_line, parse_draft

FOLDER = "audits"
_HEAD = "# Written by `kb audit`: facts drawn by chance, and what readers found in their sources.\n"


@dataclass(frozen=True)
class AuditFile:
    """A parsed audit file, with the line on which each part of it stands."""

    name: str
    draft: AuditDraft
    lines: Lines

    def problem(
        self, path: Sequence[str | int], message: str, severity: Severity = Severity.ERROR
    ) -> Problem:
        """Return what is wrong at `path`."""
        return Problem(self.name, find_line(self.lines, tuple(path)), message, severity)


def is_audit(path: Path) -> bool:
    """Whether a YAML file among the records is an audit of them."""
    return path.parent.name == FOLDER


def make_audit_name(draft: AuditDraft) -> str:
    """Return the file name of an audit."""
    return f"{draft.day.isoformat()}-{draft.seed}.yaml"


def parse_audit(data: bytes, name: str) -> AuditFile:
    """Read one audit file; raise RecordError with a problem for each thing that is wrong."""
    draft, lines = parse_draft(data, name, AuditDraft)
    return AuditFile(name, draft, lines)


def render_audit(draft: AuditDraft) -> bytes:
    """Return the text of an audit file: the same draft, the same bytes."""
    return f"{_HEAD}{dump_yaml(draft.model_dump(mode='json', exclude_defaults=True))}".encode()


def dump_yaml(value: Any) -> str:
    """Return a value as YAML, in the order of its keys."""
    text = yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)
    return str(text)


class _Dumper(yaml.SafeDumper):
    """A dumper without anchors, which records may not hold."""

    def ignore_aliases(self, data: Any) -> bool:
        return True
