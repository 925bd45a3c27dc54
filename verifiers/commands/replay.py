"""The subcommand `kb replay`; `python -m verifiers.commands.replay` needs less installed."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from kb.cli.console import as_plain_text, err, print_json
from kb.domain.errors import UserError
from kb.records.run_files import SUFFIX
from kb.stages.load_runs import read_runs
from verifiers.replaying.bundles import BundleReplay, read_bundle, replay_bundle
from verifiers.replaying.runs import replay_run


def register(app: typer.Typer) -> None:
    """Add this subcommand."""
    app.command("replay")(replay_command)


def replay_command(
    path: Annotated[
        Path, typer.Argument(help="A bundle, a run file, or a folder of run files.", exists=True)
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Score recorded runs, or judge a bundle, again; without weights, engine or database.

    Says equal, or what differs and ends with status 1. `kb bundle` makes bundles, `kb export-run`
    run files.
    """
    is_bundle = path.is_file() and not path.name.endswith(SUFFIX)
    found, differ = (_replay_bundle if is_bundle else _replay_runs)(path)
    if as_json:
        print_json(found)
    if differ:
        raise typer.Exit(1)


def _replay_bundle(path: Path) -> tuple[dict[str, object], bool]:
    replay = replay_bundle(read_bundle(path), path.name)
    _say(path.name, _count(replay), replay.differences)
    if replay.sentence:
        err.print(as_plain_text(f"  {replay.sentence}"), soft_wrap=True)
    if replay.not_scored:
        names = ", ".join(replay.not_scored)
        err.print(as_plain_text(f"  taken as recorded: {names}"), soft_wrap=True)
    return {path.name: vars(replay)}, bool(replay.differences)


def _count(replay: BundleReplay) -> str:
    return (
        f"verdict {replay.outcome} on {replay.files} files, {replay.snapshots} snapshots, "
        f"{replay.answers} answers, {replay.battles} battles, {replay.results} results"
    )


def _replay_runs(path: Path) -> tuple[dict[str, object], bool]:
    runs = read_runs(path)
    if not runs:
        raise UserError(f"no run file in {path}; `kb export-run` writes them")
    replays = {run.name: replay_run(run) for run in runs}
    for name, each in replays.items():
        _say(name, f"{each.answers} answers, {each.results} results", each.differences)
    found: dict[str, object] = {name: vars(replay) for name, replay in replays.items()}
    return found, any(replay.differences for replay in replays.values())


def _say(name: str, counts: str, differences: tuple[str, ...]) -> None:
    verdict = "differs" if differences else "equal"
    err.print(as_plain_text(f"{verdict}: {name} ({counts})"), soft_wrap=True)
    for words in differences:
        err.print(as_plain_text(f"  {words}"), soft_wrap=True)


def main() -> None:
    """Replay, where not all of As Claimed is installed."""
    try:
        typer.run(replay_command)
    except (UserError, OSError) as error:
        err.print(as_plain_text(f"replay: {error}"), soft_wrap=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
