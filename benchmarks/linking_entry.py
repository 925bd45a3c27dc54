"""The benchmark of linking: how long it takes beside encoding the texts, and how well it does."""

import random
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from sentence_transformers import SentenceTransformer
from sqlmodel import Session

from benchmarks.support.claim_wordings import UNKNOWN_WORDS
from benchmarks.support.linking_corpus import Planted, make_corpus
from benchmarks.support.measuring import Measured
from kb.domain.encoding import Encoder
from kb.domain.in_force.unions import Union
from kb.embeddings import SentenceEncoder, find_folder
from kb.stages.link import link_claims
from kb.store.claims.judgements import read_groups
from kb.store.database import make_engine
from kb.store.insert import insert_once, make_row
from kb.store.migrating import upgrade
from kb.store.rows import make_claim
from kb.tables import Claim, Model

_CLAIMS = 100_000
_SAMPLE = 5_000
_UNKNOWN = 4_000


def measure_linking(size: int = _CLAIMS, sample: int = _SAMPLE) -> Measured:
    """Linking claims in a base, beside sentence-transformers' own encoding of all their texts.

    Encoding is timed on a random sample and scaled linearly, unless `sample` is 0 (all).
    """
    encoder = SentenceEncoder()
    encoder.encode(["a first text loads the model"])
    corpus = make_corpus(size)
    ours, notes = _link(corpus, encoder)
    unknown = make_corpus(_UNKNOWN, UNKNOWN_WORDS, share=1.0)
    _, beyond = _link(unknown, encoder)
    notes["precision_unknown_words"] = beyond["precision"]
    notes["recall_unknown_words"] = beyond["recall"]
    theirs = _time_encoding([planted.draft.claimed for planted in corpus], sample)
    how = "all texts" if not sample else f"{sample} texts drawn at random, scaled to {size}"
    return Measured(ours, "s", f"SentenceTransformer.encode, {how}", theirs, 1, notes)


def _link(corpus: Sequence[Planted], encoder: Encoder) -> tuple[float, dict[str, float]]:
    """Return the seconds that linking took in a fresh base, and how well it did."""
    with tempfile.TemporaryDirectory() as home:
        url = f"sqlite:///{Path(home) / 'kb.sqlite'}"
        upgrade(url)
        engine = make_engine(url)
        with Session(engine) as session:
            truth = _insert(session, corpus)
            began = time.perf_counter()
            report = link_claims(session, encoder)
            seconds = time.perf_counter() - began
            quality = score_pairs(truth, read_groups(session).canonical)
        engine.dispose()
    notes = {"claims": len(truth), "unsure": report.outcomes["unsure"]}
    return seconds, {**notes, "conflicts": len(report.conflicts), **quality}


def _insert(session: Session, corpus: Sequence[Planted]) -> dict[str, str]:
    """Insert the claims and their models; return the proposition of each claim.

    A proposition that was drawn twice about one model is one: its wordings are the same.
    """
    models = {
        planted.model: make_row(
            Model, id=f"corpus/model-{planted.model}", name=f"Model {planted.model}",
            vendor="Corpus",
            availability="unknown",
        )
        for planted in corpus
    }  # fmt: skip
    claims: dict[str, Claim] = {}
    drawn = Union()
    for planted in corpus:
        claim = make_claim(planted.draft, models[planted.model].name, models[planted.model].id)
        claims.setdefault(claim.id, claim)
        drawn.join(claim.id, *(f"{planted.model} {wording}" for wording in planted.wordings))
    insert_once(session, [*models.values(), *claims.values()])
    session.commit()
    return {claim_id: drawn.find(claim_id) for claim_id in claims}


def score_pairs(truth: Mapping[str, str], canonical: Mapping[str, str]) -> dict[str, float]:
    """Return precision and recall over pairs of claims that are one proposition."""
    planted = _count_pairs(Counter(truth.values()))
    found = _count_pairs(Counter(canonical.values()))
    right = _count_pairs(Counter((canonical[claim_id], truth[claim_id]) for claim_id in canonical))
    return {
        "pairs_planted": planted,
        "pairs_found": found,
        "precision": right / found if found else 0.0,
        "recall": right / planted if planted else 0.0,
    }


def _count_pairs(sizes: Mapping[object, int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes.values())


def _time_encoding(texts: list[str], sample: int) -> float:
    model = SentenceTransformer(str(find_folder()), device="cpu", local_files_only=True)
    chosen = random.Random(11).sample(texts, sample) if sample else texts  # noqa: S311
    model.encode(chosen[:64], show_progress_bar=False)
    began = time.perf_counter()
    model.encode(chosen, show_progress_bar=False)
    return (time.perf_counter() - began) * len(texts) / len(chosen)
