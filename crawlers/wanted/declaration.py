"""What a source declares of itself in its `source.yml`."""

import re
from pathlib import Path

import yaml
from pydantic import Field, ValidationError

from crawlers.wanted.site import Site
from kb.domain.drafts import Draft, Line, SourceKind
from kb.domain.errors import UserError

_PLACEHOLDER = re.compile(r"\{\w+\}")  # {owner}, {slug}: the spider fills them in


class Minimum(Draft):
    """Counts below which a run counts as empty, and fails."""

    documents: int = Field(ge=0)


class ItemOption(Draft):
    """An option of `kb crawl` that asks a source for single items, such as one repository."""

    flag: Line = Field(pattern=r"^--[a-z][a-z-]*$")
    help: Line
    metavar: Line | None = None
    remedy: Line | None = Field(None, description="What to do about an item that is refused.")


class Declaration(Draft):
    """What a source is, where it is asked, and how often to look."""

    name: Line
    title: Line
    publisher: Line
    kind: SourceKind = Field(description="What most of its documents are.")
    cadence: Line
    data_license: Line
    minimum: Minimum
    hosts: dict[Line, Line] = Field(
        default_factory=dict, description="Where it is asked, unless KB_<NAME>_URL names a copy."
    )
    addresses: list[Line] = Field(
        default_factory=list, description="Documents; one with {placeholders} shows how they lie."
    )
    sites: list[Site] = Field(default_factory=list, description="Sites whose articles are read.")
    option: ItemOption | None = None
    by_default: bool = Field(False, description="Read when a run names nothing else.")

    @property
    def fixed_addresses(self) -> list[str]:
        """The addresses that hold no placeholder, so that they can be asked as they are."""
        return [address for address in self.addresses if not _PLACEHOLDER.search(address)]

    @property
    def is_listed(self) -> bool:
        """Whether `--source NAME` alone says what to read."""
        return bool(self.fixed_addresses or self.sites)


def load_declaration(path: Path) -> Declaration:
    """Return what a `source.yml` declares; the folder it lies in gives the source its name.

    Raises UserError for one that is not as it must be.
    """
    try:
        members = yaml.safe_load(path.read_text(encoding="utf-8"))
        return Declaration.model_validate({**members, "name": path.parent.name})
    except (ValidationError, yaml.YAMLError, TypeError) as error:
        raise UserError(f"{path.parent.name}/source.yml: {_describe(error)}") from None


def _describe(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    return str(error).splitlines()[0]
