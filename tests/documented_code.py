"""Run the code of a how-to page as it stands there, so that the page stays true."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from re import S, findall
from types import ModuleType

from tests.conftest import PROJECT


def read_code(page: str) -> list[str]:
    """Return the blocks of Python on a page of docs/how-to."""
    text = (PROJECT / "docs" / "how-to" / page).read_text(encoding="utf-8")
    return findall(r"```python\n(.*?)```", text, S)


@contextmanager
def keep_package(folder: Path, name: str, **files: str) -> Iterator[ModuleType]:
    """A package called `name` in `folder` with these modules, as long as the context lasts."""
    package = folder / name
    package.mkdir()
    (package / "__init__.py").write_text("")
    for module, text in files.items():
        (package / f"{module}.py").write_text(text)
    sys.path.insert(0, str(folder))
    try:
        yield import_module(name)
    finally:
        sys.path.remove(str(folder))
        for module in [key for key in sys.modules if key.partition(".")[0] == name]:
            del sys.modules[module]
