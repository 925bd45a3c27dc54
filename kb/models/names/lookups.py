"""What people have reviewed about names: families, vendors, aliases, names that are not the same.

Each entry of the YAML files beside this module has a reason or a source that was read; an
entry about two names also says what the parse alone makes of them (`expect`), so that one
that has become idle or wrong is found (`lookup_checks`).
"""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from importlib.resources import files
from typing import Annotated, Literal, TypeVar

import yaml
from pydantic import Field, TypeAdapter

from kb.domain.drafts import Address, Draft, Line

Names = Annotated[list[Line], Field(min_length=1)]
Entry = TypeVar("Entry", bound=Draft)
Sources = Annotated[list[Address], Field(min_length=1)]


class FamilyEntry(Draft):
    """Who makes the models of a family, in the family's own spelling."""

    family: Line
    vendor: Line
    sources: Sources
    read_on: date


class VendorEntry(Draft):
    """Other spellings of a vendor, and the owners under which it publishes repositories."""

    vendor: Line
    also: list[Line] = Field(default_factory=list)
    owners: list[Line] = Field(default_factory=list)
    sources: Sources
    read_on: date


class AliasEntry(Draft):
    """Names that a document uses for the model called `name`."""

    name: Line
    vendor: Line
    also: Names
    reason: Line
    sources: Sources
    read_on: date
    expect: Literal["unsure", "different"]
    record: Line | None = Field(None, description="Id of the model's record, if it has one.")


class NotSameEntry(Draft):
    """Two names that look alike and are two models."""

    names: Annotated[list[Line], Field(min_length=2, max_length=2)]
    reason: Line
    sources: Sources
    read_on: date
    expect: Literal["same", "unsure", "different"]


def fold(name: str) -> str:
    """Return the letters and digits of `name`, in lower case."""
    return "".join(c for c in name.lower() if c.isalnum())


@dataclass(frozen=True)
class Lookups:
    """All reviewed entries, with the ways to look them up."""

    families: list[FamilyEntry] = field(default_factory=list)
    vendors: list[VendorEntry] = field(default_factory=list)
    aliases: list[AliasEntry] = field(default_factory=list)
    not_the_same: list[NotSameEntry] = field(default_factory=list)

    @cached_property
    def family_spellings(self) -> dict[str, str]:
        """Families in their own spelling, by folded name."""
        return {fold(family.family): family.family for family in self.families}

    @cached_property
    def _family_vendors(self) -> dict[str, str]:
        return {fold(family.family): family.vendor for family in self.families}

    @cached_property
    def _vendors_by_spelling(self) -> dict[str, str]:
        return {
            fold(spelling): vendor.vendor
            for vendor in self.vendors
            for spelling in (vendor.vendor, *vendor.also, *vendor.owners)
        }

    @cached_property
    def vendor_phrases(self) -> dict[tuple[str, ...], str]:
        """Spellings of vendors as lower-case words; a family's name is no vendor's here."""
        return {
            tuple(re.findall(r"[^\W_]+", spelling.lower())): vendor.vendor
            for vendor in self.vendors
            for spelling in (vendor.vendor, *vendor.also)
            if fold(spelling) not in self.family_spellings
        }

    def find_family_vendor(self, word: str) -> str | None:
        """Return who makes the family, or None if nobody has reviewed it."""
        return self._family_vendors.get(word)

    def find_vendor(self, spelling: str) -> str | None:
        """Return the vendor that a spelling or a repository owner stands for, if reviewed."""
        return self._vendors_by_spelling.get(fold(spelling))


@cache
def load_lookups() -> Lookups:
    """Load the reviewed entries that come with the package."""
    return Lookups(
        _load("families.yml", TypeAdapter(list[FamilyEntry])),
        _load("vendors.yml", TypeAdapter(list[VendorEntry])),
        _load("aliases.yml", TypeAdapter(list[AliasEntry])),
        _load("not_the_same.yml", TypeAdapter(list[NotSameEntry])),
    )


def _load(name: str, adapter: TypeAdapter[list[Entry]]) -> list[Entry]:
    text = (files(__package__) / name).read_text(encoding="utf-8")
    return adapter.validate_python(yaml.safe_load(text))
