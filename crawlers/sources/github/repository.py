"""A repository as it is named on the command line: owner/name[@ref][:path]."""

import re
from dataclasses import dataclass

from kb.domain.drafts import SourceKind
from kb.domain.errors import UserError

_NAMED = re.compile(
    r"(?P<owner>[\w.-]{1,100})/(?P<name>[\w.-]{1,100})(?:@(?P<ref>[\w./+-]{1,200}))?"
    r"(?::(?P<path>[^:?#\\]{1,500}))?"
)
_KINDS = (
    (r"readme|model[-_]?card", SourceKind.MODEL_CARD),
    (r"licen[cs]e|notice|copying|use[-_]?policy|acceptable[-_]?use", SourceKind.LICENSE),
)
_TEXT = re.compile(r"[^.]+|.*\.(?:md|markdown|txt|rst|html?)", re.IGNORECASE)


@dataclass(frozen=True)
class Repository:
    """Where to look: a folder or a file of a repository, at a branch, tag or commit."""

    owner: str
    name: str
    ref: str = "HEAD"
    path: str = ""


def parse_repository(text: str) -> Repository:
    """Return what `owner/name[@ref][:path]` names; raise UserError when it names nothing."""
    match = _NAMED.fullmatch(text)
    parts = re.split(r"[/]", text.replace("@", "/").replace(":", "/"))
    if match is None or any(part in (".", "..") for part in parts):
        raise UserError(f"{text[:200]!r} is no repository; write it like owner/name@main:folder")
    path = (match["path"] or "").strip("/")
    return Repository(match["owner"], match["name"], match["ref"] or "HEAD", path)


def find_document_kind(file_name: str) -> SourceKind | None:
    """Return what sort of document a file is by its name; None for one that is not read."""
    if _TEXT.fullmatch(file_name):
        for pattern, kind in _KINDS:
            if re.match(pattern, file_name, re.IGNORECASE):
                return kind
    return None
