"""Declarations of sources, read from their `source.yml`."""

from importlib.resources import files

import yaml
from pydantic import Field

from crawlers.articles.site import Site
from kb.domain.drafts import Draft, Line


class Minimum(Draft):
    """Counts below which a run counts as empty, and fails."""

    documents: int = Field(ge=0)


class Declaration(Draft):
    """What a source is and how often to look."""

    name: Line
    title: Line
    publisher: Line
    cadence: Line
    data_license: Line
    minimum: Minimum
    addresses: list[Line] = Field(default_factory=list, description="Where it is asked.")
    sites: list[Site] = Field(default_factory=list, description="Sites whose articles are read.")


def load_declaration(name: str) -> Declaration:
    """Return the declaration of the source folder `name`."""
    text = files("crawlers.sources").joinpath(name, "source.yml").read_text()
    return Declaration.model_validate(yaml.safe_load(text))


def list_declarations() -> list[Declaration]:
    """Return the declarations of all sources, by name."""
    folders = files("crawlers.sources").iterdir()
    names = sorted(each.name for each in folders if each.joinpath("source.yml").is_file())
    return [load_declaration(name) for name in names]
