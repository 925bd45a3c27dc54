"""`kb replay`: recorded results, scored again; `python -m` runs it with less installed."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from kb.cli.console import as_plain_text, err, print_json
from kb.cli.options import JsonFlag
from kb.domain.errors import UserError
from kb.records.run_files import SUFFIX
from kb.stages.load_runs import read_runs
from kb.text.counting import count_things
from verifiers.replaying.bundles import BundleReplay, read_bundle, replay_bundle
from verifiers.replaying.runs import replay_run


def replay(
    path: Annotated[
        Path, typer.Argument(help="A bundle, a run file, or a folder of run files.", exists=True)
    ],
    as_json: JsonFlag = False,
) -> None:
    """Score recorded runs or a bundle again, without an engine.

    Weights and database are not needed either. Prints "same result", or lists what differs and
    exits with status 1. Of a bundle it lists what was checked: the rule, answers, digests of
    archived documents, quotes and figures in them; and what could not be, and why. `kb bundle`
    makes bundles, `kb export-run` makes run files.

    Example: kb replay records/runs
    """
    is_bundle = path.is_file() and not path.name.endswith(SUFFIX)
    found, differ = (_replay_bundle if is_bundle else _replay_runs)(path)
    if as_json:
        print_json(found)
    if differ:
        raise typer.Exit(1)


def _replay_bundle(path: Path) -> tuple[dict[str, object], bool]:
    found = replay_bundle(read_bundle(path), path.name)
    err.print(as_plain_text(f"{_sum_up(found)}: {path.name} ({_count(found)})"), soft_wrap=True)
    _list("", found.differences)
    if found.sentence:
        err.print(as_plain_text(f"  {found.sentence}"), soft_wrap=True)
    _list("checked: ", found.checked)
    _list("not checked: ", found.not_checked)
    return {path.name: vars(found)}, bool(found.differences) or not found.is_judged_again


def _sum_up(found: BundleReplay) -> str:
    """Say "same result" only where all was made again and checked."""
    if found.differences:
        return "differs"
    if not found.is_judged_again:
        return "not judged again"
    return "same verdict, not all of it checked" if found.not_checked else "same result"


def _count(found: BundleReplay) -> str:
    counts = [
        count_things(found.files, "file"),
        count_things(found.snapshots, "snapshot"),
        count_things(found.answers, "answer"),
        count_things(found.battles, "battle"),
        count_things(found.results, "result"),
    ]
    return f"verdict {found.outcome} from {', '.join(counts)}"


def _replay_runs(path: Path) -> tuple[dict[str, object], bool]:
    runs = read_runs(path)
    if not runs:
        raise UserError(f"no run file in {path}; `kb export-run` writes them")
    replays = {run.name: replay_run(run) for run in runs}
    for name, done in replays.items():
        counts = f"{count_things(done.answers, 'answer')}, {count_things(done.results, 'result')}"
        _say(name, counts, done.differences)
    found: dict[str, object] = {name: vars(done) for name, done in replays.items()}
    return found, any(done.differences for done in replays.values())


def _list(label: str, lines: tuple[str, ...]) -> None:
    for words in lines:
        err.print(as_plain_text(f"  {label}{words}"), soft_wrap=True)


def _say(name: str, counts: str, differences: tuple[str, ...]) -> None:
    verdict = "differs" if differences else "same result"
    err.print(as_plain_text(f"{verdict}: {name} ({counts})"), soft_wrap=True)
    _list("", differences)


def main() -> None:
    """Replay, where not all of As Claimed is installed."""
    try:
        typer.run(replay)
    except (UserError, OSError) as error:
        err.print(as_plain_text(f"replay: {error}"), soft_wrap=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
