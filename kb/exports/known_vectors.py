"""An encoder that asks the edition before: a wording that was encoded once is not encoded again."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from kb.domain.encoding import NamedEncoder, Vectors
from kb.exports.derived import claim_meanings

_BATCH = 1024


class KnownVectors:
    """Vectors of one encoder: those of a published edition, and the encoder's own for the rest."""

    def __init__(
        self,
        encoder: NamedEncoder,
        published: Path,
        tell: Callable[[int, int], None] = lambda done, total: None,
    ) -> None:
        """`published` is the folder of an edition, which need not be there.

        `tell` hears how many of how many new wordings are encoded.
        """
        self.encoder = encoder
        self.tell = tell
        self.path = published / "parquet" / f"{claim_meanings.NAME}.parquet"

    @property
    def name(self) -> str:
        """The encoder's name."""
        return self.encoder.name

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one row a text, shape (len(texts), 384), float32."""
        known = self._read()
        new = sorted((text for text in set(texts) if text not in known), key=lambda t: (len(t), t))
        for done in range(0, len(new), _BATCH):
            batch = new[done : done + _BATCH]
            known |= dict(zip(batch, self.encoder.encode(batch), strict=True))
            self.tell(done + len(batch), len(new))
        return np.stack([known[text] for text in texts])

    def _read(self) -> dict[str, Vectors]:
        if not self.path.exists():
            return {}
        table = pq.read_table(self.path, columns=["wording", "encoder", "vector"])
        rows = zip(*(table[name].to_pylist() for name in table.column_names), strict=True)
        return {
            wording: np.asarray(vector, dtype=np.float32)
            for wording, encoder, vector in rows
            if encoder == self.name
        }
