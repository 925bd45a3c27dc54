"""The subcommand `kb replay`."""

from pathlib import Path
from typing import Annotated

import typer

from kb.cli.console import as_plain_text, err, print_json
from kb.domain.errors import UserError
from kb.stages.load_runs import read_runs
from verifiers.replaying import replay_run


def register(app: typer.Typer) -> None:
    """Add this subcommand."""
    app.command("replay")(replay_command)


def replay_command(
    path: Annotated[Path, typer.Argument(help="A run file, or a folder of them.", exists=True)],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Score recorded runs again from their raw answers, without weights or engine.

    Says equal, or what differs and ends with status 1.
    """
    runs = read_runs(path)
    if not runs:
        raise UserError(f"no run file in {path}; `kb export-run` writes them")
    replays = {run.name: replay_run(run) for run in runs}
    for name, replay in replays.items():
        verdict = "differs" if replay.differences else "equal"
        err.print(
            as_plain_text(
                f"{verdict}: {name} ({replay.answers} answers, {replay.results} results)"
            ),
            soft_wrap=True,
        )
        for words in replay.differences:
            err.print(as_plain_text(f"  {words}"), soft_wrap=True)
    if as_json:
        print_json({name: vars(replay) for name, replay in replays.items()})
    if any(replay.differences for replay in replays.values()):
        raise typer.Exit(1)
