"""The `kb` command: its help, its options, and how errors are told."""

import sys
from importlib import metadata
from typing import Annotated

import typer

from kb.cli.console import as_plain_text, err, out
from kb.cli.lazy import LazyGroup
from kb.cli.typers import make_typer
from kb.domain.errors import UserError

_HELP = """
What AI vendors say about their models, set beside what the released weights do.

`kb run` builds the whole knowledge base: init → load → crawl → link → verify → judge → publish.
You can stop any command and run it again; finished work is not repeated. All state is in one
folder, KB_HOME (default .kb).

Then look: `kb claims` lists every claim with its verdict, `kb show S01` shows one in full,
`kb doctor` says what this machine can do. `kb COMMAND --help` explains a command.
"""


def make_app() -> typer.Typer:
    """Return the command with everything that is installed."""
    app = make_typer(cls=LazyGroup, help=_HELP, no_args_is_help=True, add_completion=True)
    app.callback(help=_HELP)(_start)
    return app


def _start(
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Print the version and exit.", is_eager=True,
            callback=lambda wanted: wanted and _print_version(),
        ),
    ] = False,
) -> None:  # fmt: skip
    """Hold the option."""


def _print_version() -> None:
    out.print(f"as-claimed {metadata.version('as-claimed')}", highlight=False)
    raise typer.Exit


def main() -> None:
    """Run the command; an error the user can correct is one line, exit status 1."""
    try:
        make_app()()
    except UserError as error:
        _print_error(str(error))
        sys.exit(1)
    except _list_database_errors() as error:
        first = str(getattr(error, "orig", None) or error).splitlines()[0]
        _print_error(f"the database cannot be used: {first}")
        sys.exit(1)
    except OSError as error:
        _print_error(str(error))
        sys.exit(1)
    except KeyboardInterrupt:
        _print_error("stopped; run the same command again to continue")
        sys.exit(130)


def _list_database_errors() -> tuple[type[Exception], ...]:
    """Return SQLAlchemy's error; without SQLAlchemy imported, no such error can have occurred."""
    module = sys.modules.get("sqlalchemy.exc")
    return () if module is None else (module.SQLAlchemyError,)


def _print_error(text: str) -> None:
    for line in text.splitlines():
        err.print(as_plain_text(f"kb: {line}"), soft_wrap=True)
