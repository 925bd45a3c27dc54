"""Which commands there are, and what each says about itself, without importing any of them."""

import ast
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module, util
from importlib.metadata import entry_points
from pathlib import Path

import typer

from kb.cli import commands
from kb.cli.typers import make_typer

GROUP = "kb.commands"


@dataclass(frozen=True)
class Entry:
    """A command by name: the function that carries it out, and where it is."""

    name: str
    module: str
    function: str

    def read_help_line(self) -> str:
        """Return the first line of the function's docstring, read from the source."""
        spec = util.find_spec(self.module)
        assert spec is not None and spec.origin is not None, f"{self.module} is not installed"
        tree = ast.parse(Path(spec.origin).read_text(encoding="utf-8"))
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and node.name == self.function:
                return (ast.get_docstring(node) or "").partition("\n")[0].removesuffix(".")
        return ""

    def load(self) -> typer.Typer:
        """Import the module and return its `app`, or one made of the function alone."""
        module = import_module(self.module)
        app = getattr(module, "app", None)
        if not isinstance(app, typer.Typer):
            app = make_typer()
            app.command()(getattr(module, self.function))
        return app


def list_entries() -> list[Entry]:
    """Return our own commands and those that installed packages declare as entry points."""
    return [*_list_own(), *_list_declared()]


def _list_own() -> Iterator[Entry]:
    """Every module in a folder of `kb.cli.commands` is a command that bears its name."""
    for found in pkgutil.walk_packages(commands.__path__, f"{commands.__name__}."):
        function = found.name.rpartition(".")[2]
        if not found.ispkg:
            yield Entry(function.replace("_", "-"), found.name, function)


def _list_declared() -> Iterator[Entry]:
    for point in entry_points(group=GROUP):
        yield Entry(point.name, point.module, point.attr)
