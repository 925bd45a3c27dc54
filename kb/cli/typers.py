"""How every command is set up: plain help, no boxes, errors left to `kb.cli.app`."""

from typing import Any

import typer


def make_typer(**more: Any) -> typer.Typer:
    """Return an application of Typer with the settings that all commands share."""
    settings = {
        "add_completion": False, "pretty_exceptions_enable": False, "rich_markup_mode": None,
    }  # fmt: skip
    return typer.Typer(**{**settings, **more})
