"""`kb rescore-battles`: exported battles, judged again."""

from pathlib import Path
from typing import Annotated

import typer

from kb.cli.console import as_plain_text, err, print_json
from kb.text.counting import count_things
from verifiers.battles.battle_files import parse_battles
from verifiers.battles.rescoring import rescore
from verifiers.battles.standings import make_standings


def rescore_battles(
    path: Annotated[Path, typer.Argument(help="A file of battles.", exists=True)],
    style: Annotated[
        bool,
        typer.Option("--style", help="Rate as if all answers had the same length and formatting."),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Judge exported battles again, without an engine.

    Where a program was the judge, it judges the answers again; where a model was, its recorded
    words are read again. Then all models in the file are rated against each other, around 1000,
    with their ranks and groups. The exit status is 1 if any battle differs.
    """
    rows = parse_battles(path.read_bytes(), path.name)
    found = rescore(rows)
    mean = "none" if found.mean is None else f"{found.mean:.4f}"
    err.print(
        f"rescored: {count_things(found.battles, 'battle')}, mean score {mean}, "
        f"{found.undecided} without a verdict"
    )
    for words in found.differences:
        err.print(as_plain_text(f"  differs: {words}"), soft_wrap=True)
    standings = make_standings(rows, style)
    for standing in standings:
        err.print(as_plain_text(f"  {standing}"), soft_wrap=True)
    if as_json:
        print_json([vars(standing) for standing in standings])
    if found.differences:
        raise typer.Exit(1)
