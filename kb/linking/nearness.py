"""Which texts are near each other: encoded once, compared by products of matrix blocks."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from kb.domain.encoding import Encoder, Vectors

_ROWS = 1024


def encode_distinct(encoder: Encoder, texts: Iterable[str]) -> dict[str, Vectors]:
    """Return the vector of each distinct text."""
    distinct = sorted(set(texts))
    return dict(zip(distinct, encoder.encode(distinct), strict=True))


def find_near(vectors: Sequence[Vectors], at_least: float) -> Iterator[tuple[int, int, float]]:
    """Yield (i, j, nearness) for each two rows with i < j that are at least so near.

    Rows are multiplied block by block, so that memory stays small however many there are.
    """
    matrix = np.stack(vectors)
    for start in range(0, len(matrix), _ROWS):
        block = matrix[start : start + _ROWS]
        for other in range(start, len(matrix), _ROWS):
            near = block @ matrix[other : other + _ROWS].T
            rows, columns = np.nonzero(near >= at_least)
            for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
                if start + row < other + column:
                    yield start + row, other + column, float(near[row, column])
