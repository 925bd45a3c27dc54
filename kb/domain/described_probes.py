"""What a probe says of itself to readers; the probes themselves live where engines are known."""

from collections.abc import Mapping
from importlib.metadata import entry_points
from typing import Any, Protocol


class DescribedProbe(Protocol):
    """The part of a probe that pages and the published file are made from."""

    name: str
    version: int
    label: str
    about: str
    claim_types: tuple[str, ...]

    def describe_plan(self, parameters: Mapping[str, Any], asked: int) -> str:
        """Say in a sentence or two how a claim was tested, with `asked` questions on record."""


def find_described_probes() -> list[DescribedProbe]:
    """Return the probes that are installed, in the order in which they test a claim."""
    return [probe for entry in entry_points(group="kb.probes") for probe in entry.load()()]
