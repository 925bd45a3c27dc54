"""All claim types, gathered from the files in `entries`. A new type is one entry there."""

import pkgutil
from collections.abc import Iterator
from difflib import get_close_matches
from importlib import import_module
from types import ModuleType

from kb.domain.claim_types import entries
from kb.domain.claim_types.kinds import ClaimType
from kb.domain.claim_types.unit import Unit


def _find_modules(package: ModuleType) -> Iterator[ModuleType]:
    for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        yield import_module(module.name)


def _sort_types(found: list[ClaimType]) -> tuple[ClaimType, ...]:
    """Put the types in their order; two of one name or place are a mistake in an entry."""
    for entry in found:
        for other in found:
            if entry is not other and (entry.name == other.name or entry.order == other.order):
                raise ValueError(f"{entry.name} and {other.name} share their name or order")
    return tuple(sorted(found, key=lambda entry: entry.order))


_MODULES = tuple(_find_modules(entries))
CLAIM_TYPES: tuple[ClaimType, ...] = _sort_types(
    [claim_type for module in _MODULES for claim_type in module.TYPES]
)
ENTRY_UNITS: tuple[Unit, ...] = tuple(
    unit for module in _MODULES for unit in getattr(module, "UNITS", ())
)
_BY_NAME = {claim_type.name: claim_type for claim_type in CLAIM_TYPES}


def find_claim_type(name: str) -> ClaimType:
    """Return the type called `name`; raise KeyError naming the known ones."""
    try:
        return _BY_NAME[name]
    except KeyError:
        near = get_close_matches(name, _BY_NAME, n=1)
        meant = f"; did you mean {near[0]}?" if near else ""
        words = f"unknown claim type {name!r}{meant}; known: {', '.join(_BY_NAME)}"
        raise KeyError(words) from None
