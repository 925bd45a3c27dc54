"""Declarations of sources, read from their `source.yml`."""

from importlib.resources import files

import yaml
from pydantic import Field

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


def load_declaration(name: str) -> Declaration:
    """Return the declaration of the source folder `name`."""
    text = files("crawlers.sources").joinpath(name, "source.yml").read_text()
    return Declaration.model_validate(yaml.safe_load(text))
