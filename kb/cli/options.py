"""Options and arguments that several commands have."""

from pathlib import Path
from typing import Annotated

import typer

JsonFlag = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
RecordsFolder = Annotated[
    Path, typer.Argument(help="Folder of record files, or one file.", exists=True)
]
