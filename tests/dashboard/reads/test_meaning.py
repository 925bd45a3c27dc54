"""Search by meaning finds, with the real model, what a reader asks for in words of their own."""

from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from dashboard.reads.claim_search import Filters, read_nearest
from dashboard.reads.meaning import encode_question, hold_encoder
from dashboard.reads.published import Edition, find_edition, read_about, read_rows
from kb.cli.commands.pipeline.publish import run_publish
from kb.domain.encoding import Vectors
from kb.domain.errors import UserError
from kb.embeddings import SentenceEncoder
from kb.settings import Settings
from tests.dashboard.sample_edition import SMOL_CLAIM, make_edition, read_claims


@pytest.fixture(scope="module")
def meant(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """An edition that was published with the real sentence embeddings."""
    home = tmp_path_factory.mktemp("kb-meaning")
    return find_edition(make_edition(home, encoder=SentenceEncoder()))


@pytest.mark.parametrize(
    ("question", "seed"),
    [
        ("how long a book can Llama 4 read?", "S01"),
        ("did people really prefer Maverick's answers to other chatbots?", "S09"),
        ("can I run Scout on a single graphics card?", "S02"),
        ("how often does it turn down touchy political questions?", "S23"),
        ("was the model that people voted on the one you can download?", "S16"),
        ("is Llama 4 truly free software?", "S20"),
    ],
)
def test_a_readers_question_finds_its_claim(meant: Edition, question: str, seed: str) -> None:
    vector = encode_question(meant, question, SentenceEncoder)
    assert seed in [row["seed"] for row in read_nearest(meant, Filters(), vector, 3)]
    everything = read_nearest(meant, Filters(), vector, 1000)
    assert {row["claim_id"] for row in everything} == {
        row["claim_id"] for row in read_claims(meant)
    }
    overstated = read_nearest(meant, Filters(outcome=("Overstated",)), vector, 1000)
    assert {row["outcome"] for row in overstated} == {"overstated"}


def test_the_file_holds_a_vector_for_each_claim(meant: Edition) -> None:
    rows = read_rows(meant, "select * from claim_meaning")
    assert {row["claim_id"] for row in rows} >= {row["claim_id"] for row in read_claims(meant)}
    vectors = np.array([row["vector"] for row in rows], dtype=np.float32)
    assert vectors.shape == (len(rows), 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    twin = pq.read_table(meant.path.parent / "parquet" / "claim_meaning.parquet")
    assert twin.num_rows == len(rows)
    wording = next(row["wording"] for row in rows if row["claim_id"] == SMOL_CLAIM)
    assert wording.startswith("SmolLM2-135M-Instruct (")
    assert "Context length: 8,192 tokens. How long a text" in wording


def test_an_edition_without_vectors_says_so(edition: Edition) -> None:
    assert read_about(edition)["rows"]["claim_meaning"] == 0
    with pytest.raises(UserError, match="without sentence embeddings; run `make setup`"):
        encode_question(edition, "anything", SentenceEncoder)


class OtherEncoder:
    """An encoder that the edition was not made with."""

    name = "another@0000"

    def encode(self, texts: list[str]) -> Vectors:
        return np.zeros((len(texts), 384), dtype=np.float32)


def test_vectors_of_another_model_are_not_compared(meant: Edition) -> None:
    hold_encoder.clear()
    try:
        with pytest.raises(UserError, match="all-MiniLM-L6-v2@53aa51172d142c89, and here is anot"):
            encode_question(meant, "anything", OtherEncoder)
    finally:
        hold_encoder.clear()


def test_an_edition_is_told_by_its_words_and_not_by_rounding(tmp_path: Path) -> None:
    make_edition(tmp_path, measured=False)
    settings = Settings(home=tmp_path)
    first = run_publish(settings, OtherEncoder())
    again = run_publish(settings, OtherEncoder())
    assert first.is_new
    assert (again.is_new, again.folder) == (False, first.folder)
    assert run_publish(settings).folder != first.folder  # without search it is another edition
