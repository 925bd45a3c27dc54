"""What turns texts into vectors, as pure code is given one."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class Encoder(Protocol):
    """Encodes texts as rows of length 1: the product of two rows is how near they are."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one row a text, shape (len(texts), width), float32."""
        ...

    def __hash__(self) -> int: ...


class NamedEncoder(Encoder, Protocol):
    """An encoder that says which it is: vectors of two models are not to be compared."""

    @property
    def name(self) -> str:
        """Its name, with the start of the digest of its weights."""
        ...
