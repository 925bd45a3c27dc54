"""A repository as it is named on the command line: owner/name[@ref][:path]."""

import re
from dataclasses import dataclass

from kb.domain.drafts import SourceKind
from kb.domain.errors import UserError

# toys/models, toys/models@release/v1.0:docs/toy2 (a ref may hold slashes, a path may hold blanks).
_NAMED = re.compile(
    r"(?P<owner>[\w.-]{1,100})/(?P<name>[\w.-]{1,100})(?:@(?P<ref>[\w./+-]{1,200}))?"
    r"(?::(?P<path>[^:?#\\]{1,500}))?"
)
# As in meta-llama/llama-models: README.md, MODEL_CARD.md, LICENSE, USE_POLICY.md, NOTICE.
_KINDS = (
    (r"readme|model[-_]?card", SourceKind.MODEL_CARD),
    (r"licen[cs]e|notice|copying|use[-_]?policy|acceptable[-_]?use", SourceKind.LICENSE),
)
# LICENSE has no suffix; a README may also be a PDF or a picture, which nothing here reads.
_TEXT = re.compile(r"[^.]+|.*\.(?:md|markdown|txt|rst|html?)", re.IGNORECASE)
# A repository that is one model's: DeepSeek-R1, Kimi-K2, GLM-4.5, Qwen3-Coder; not llama-models.
_MODEL = re.compile(r"[A-Za-z]+-?[A-Za-z]?\d+(?:\.\d+)*(?:-[A-Za-z]+)*")
_OF_CODE = re.compile(r"code", re.IGNORECASE)  # DeepSeek-V3: LICENSE-CODE beside LICENSE-MODEL


@dataclass(frozen=True)
class Repository:
    """Where to look: a folder or a file of a repository, at a branch, tag or commit."""

    owner: str
    name: str
    ref: str = "HEAD"
    path: str = ""


def parse_repository(text: str) -> Repository:
    """Return what `owner/name[@ref][:path]` names; raise UserError for anything else."""
    match = _NAMED.fullmatch(text)
    parts = re.split(r"[/]", text.replace("@", "/").replace(":", "/"))
    if match is None or any(part in (".", "..") for part in parts):
        raise UserError(f"{text[:200]!r} is not a repository; write it like owner/name@main:folder")
    path = (match["path"] or "").strip("/")
    return Repository(match["owner"], match["name"], match["ref"] or "HEAD", path)


def find_licensed_model(repository: Repository, path: str) -> str | None:
    """Return the model that a licence at the root of a model's own repository is for.

    A licence for many models, like MIT, names none.
    """
    if "/" in path or _OF_CODE.search(path) or _MODEL.fullmatch(repository.name) is None:
        return None
    return repository.name


def find_document_kind(file_name: str) -> SourceKind | None:
    """Return what kind of document a file is, by its name; None for one that is not read."""
    if _TEXT.fullmatch(file_name):
        for pattern, kind in _KINDS:
            if re.match(pattern, file_name, re.IGNORECASE):
                return kind
    return None
