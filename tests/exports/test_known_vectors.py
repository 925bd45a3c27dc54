"""What an edition holds already is not encoded again, and vectors of another encoder are no use."""

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kb.exports.derived.claim_meanings import NAME, WIDTH
from kb.exports.known_vectors import KnownVectors


class Counting:
    """An encoder that keeps what it was asked."""

    def __init__(self, name="toy@1"):
        self.name, self.asked = name, []

    def encode(self, texts):
        self.asked += texts
        return np.full((len(texts), WIDTH), 0.5, dtype=np.float32)


@pytest.fixture
def published(tmp_path):
    """An edition with one vector."""
    (tmp_path / "parquet").mkdir()
    rows = [{"wording": "old", "encoder": "toy@1", "vector": [0.25] * WIDTH}]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "parquet" / f"{NAME}.parquet")
    return tmp_path


def test_only_new_wordings_are_encoded(published):
    encoder = Counting()
    vectors = KnownVectors(encoder, published).encode(["new", "old", "new"])
    assert encoder.asked == ["new"]
    assert vectors[:, 0].tolist() == [0.5, 0.25, 0.5]
    assert (vectors.shape, vectors.dtype) == ((3, WIDTH), np.float32)


def test_vectors_of_another_encoder_are_not_taken(published):
    encoder = Counting("toy@2")
    assert KnownVectors(encoder, published).encode(["old"])[0, 0] == 0.5
    assert encoder.asked == ["old"]


def test_the_first_edition_has_none_before_it(tmp_path):
    encoder = Counting()
    KnownVectors(encoder, tmp_path).encode(["old"])
    assert encoder.asked == ["old"]
