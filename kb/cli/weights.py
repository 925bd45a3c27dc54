"""The weights or config that a command is given."""

from pathlib import Path
from typing import Annotated

import typer

from kb.store.weight_files import WeightFiles, load_config, load_weight_files

Weights = Annotated[
    Path, typer.Argument(help="A GGUF or safetensors file, a folder of them, or a config.json.")
]
ConfigFile = Annotated[
    Path | None, typer.Option("--config", help="The config.json, if it is somewhere else.")
]


def load_weights(path: Path, config: Path | None) -> WeightFiles:
    """Return what the files say; a config given by itself replaces the one beside the weights."""
    files = load_weight_files(path)
    return files if config is None else WeightFiles(files.tensors, load_config(config))
