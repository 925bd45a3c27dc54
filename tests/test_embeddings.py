"""Sentence embeddings: the model that is meant, and rows that can be multiplied."""

import os
import shutil

import numpy as np
import pytest

from kb.domain.errors import UserError
from kb.embeddings import WEIGHTS_SHA256, WIDTH, SentenceEncoder, check_weights, find_folder
from kb.store.files import compute_sha256


def test_rows_are_of_length_one_and_in_order(encoder):
    texts = ["a long sentence about a model that runs on one GPU", "short", "short", "other"]
    rows = encoder.encode(texts)
    assert rows.shape == (4, WIDTH)
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-5)
    assert np.array_equal(rows[1], rows[2])
    assert np.allclose(encoder.encode(["other"])[0], rows[3], atol=1e-5)
    assert encoder.encode([]).shape == (0, WIDTH)


def test_nearness_means_something(encoder):
    cheap, inexpensive, physics = encoder.encode(["cheap", "inexpensive", "physics"])
    assert cheap @ inexpensive > 0.8 > 0.4 > cheap @ physics


def test_the_weights_are_those_that_are_pinned():
    assert compute_sha256(find_folder() / "model.safetensors") == WEIGHTS_SHA256


def test_other_weights_are_refused(tmp_path):
    folder = tmp_path / "model"
    shutil.copytree(find_folder(), folder)
    path = folder / "model.safetensors"
    os.truncate(path, path.stat().st_size - 1)
    with pytest.raises(UserError, match="not the weights of all-MiniLM-L6-v2"):
        SentenceEncoder(folder).encode(["a"])
    path.unlink()
    with pytest.raises(UserError, match="cannot be read"):
        check_weights(folder)
