"""`kb export-battles`: battles as a file that anybody can judge again."""

from pathlib import Path
from typing import Annotated

import typer

from kb.cli.console import as_plain_text, err
from kb.domain.errors import UserError
from kb.settings import load_settings
from kb.store.database import open_session
from kb.store.files import write_atomically
from kb.text.counting import count_things
from verifiers.battles.battle_files import read_battle_rows, write_battles


def export_battles(
    path: Annotated[Path, typer.Argument(help="The file to write (JSON Lines).")],
    contest: Annotated[str | None, typer.Option(help="Only this contest.")] = None,
) -> None:
    """Write battles, with both answers, for others to judge."""
    with open_session(load_settings().url) as session:
        rows = list(read_battle_rows(session, contest))
    if not rows:
        raise UserError("no battle is on record; run `kb battle` first")
    write_atomically(path, write_battles(rows).encode())
    err.print(
        as_plain_text(f"written: {path} ({count_things(len(rows), 'battle')})"), soft_wrap=True
    )
