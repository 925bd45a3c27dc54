"""Every export format there is: each file in `kb.exports.formats` that declares `FORMAT`."""

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from kb.exports import formats
from kb.exports.export_kinds import Format


@cache
def find_formats(package: ModuleType = formats) -> dict[str, Format]:
    """Return the formats of `package` by name, in alphabetical order.

    Raises ValueError where two formats have one name.
    """
    found = sorted(_read_formats(package), key=lambda made: made.name)
    by_name = {made.name: made for made in found}
    if len(by_name) < len(found):
        raise ValueError(f"two formats in {package.__name__} have one name")
    return by_name


def _read_formats(package: ModuleType) -> Iterator[Format]:
    for module in iter_modules(package.__path__, f"{package.__name__}."):
        made = getattr(import_module(module.name), "FORMAT", None)
        if isinstance(made, Format):
            yield made
