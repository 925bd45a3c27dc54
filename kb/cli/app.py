"""The `kb` command: wiring of its subcommands; crawl, verify and dashboard join by entry point."""

import sys
from importlib import metadata
from typing import Annotated

import typer
from sqlalchemy.exc import SQLAlchemyError

from kb.cli import (
    add,
    base,
    bundle,
    doctor,
    export,
    export_run,
    extract,
    license,
    link,
    lint_table,
    look,
    review,
    shapes,
    validate,
    whole,
)
from kb.cli.console import as_plain_text, err, out
from kb.domain.errors import UserError

_HELP = """
What AI vendors say about their models, set beside what the released weights do.

The stages, in order: init → load → crawl → link → verify → judge → publish → dashboard.
`kb run` does all of them but the last. Each can be stopped at any moment and run again:
what is done is not done twice. All state lives in one folder, KB_HOME (default .kb).

Then look: `kb claims` lists every claim with its verdict, `kb show S01` tells one whole,
`kb doctor` says what this machine can do.
"""


def make_app() -> typer.Typer:
    """Build the command with everything that is installed."""
    app = typer.Typer(
        help=_HELP, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )  # fmt: skip
    app.callback(help=_HELP)(_start)
    base.register(app)
    validate.register(app)
    add.register(app)
    review.register(app)
    extract.register(app)
    license.register(app)
    link.register(app)
    lint_table.register(app)
    export.register(app)
    shapes.register(app)
    export_run.register(app)
    bundle.register(app)
    for entry in sorted(metadata.entry_points(group="kb.commands"), key=lambda each: each.name):
        entry.load()(app)
    look.register(app)
    doctor.register(app)
    whole.register(app)
    return app


def _start(
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Print the version, and end.", is_eager=True,
            callback=lambda wanted: wanted and _print_version(),
        ),
    ] = False,
) -> None:  # fmt: skip
    """Only holds the option."""


def _print_version() -> None:
    out.print(f"as-claimed {metadata.version('as-claimed')}", highlight=False)
    raise typer.Exit


def main() -> None:
    """Run the command; what a user can mend is told in one line, exit status 1."""
    try:
        make_app()()
    except UserError as error:
        for line in str(error).splitlines():
            err.print(as_plain_text(f"kb: {line}"), soft_wrap=True)
        sys.exit(1)
    except SQLAlchemyError as error:
        first = str(getattr(error, "orig", None) or error).splitlines()[0]
        err.print(as_plain_text(f"kb: the database cannot be used: {first}"), soft_wrap=True)
        sys.exit(1)
    except OSError as error:
        err.print(as_plain_text(f"kb: {error}"), soft_wrap=True)
        sys.exit(1)
    except KeyboardInterrupt:
        err.print("kb: stopped; run the same command again to go on")
        sys.exit(130)
