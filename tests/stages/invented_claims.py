"""A page that says some founding claims in other words, for the tests of linking."""

from kb.domain.drafts import ClaimDraft
from kb.store.database import open_session
from kb.store.insert import insert_once, make_row
from kb.store.rows import make_claim
from kb.tables import Sighting, Source

SCOUT, LLAMA = "meta/llama-4-scout", "meta/llama-4"
INVENTED = (
    (SCOUT, "hardware_fit", "fits on one H100 GPU", {}),
    (SCOUT, "hardware_fit", "runs on a single NVIDIA H100", {}),
    (SCOUT, "hardware_fit", "runs on 2 NVIDIA H100", {}),
    (SCOUT, "hardware_fit", "does not run on a single NVIDIA H100", {}),
    (SCOUT, "context_length", "over 10 million tokens", {}),
    (SCOUT, "context_length", "10,485,760 tokens", {}),
    (SCOUT, "benchmark_score", "74.3", {"metric": "MMLU Pro", "unit": "percent"}),
    (SCOUT, "benchmark_score", "74.3", {"metric": "mmlu_pro", "unit": "percent"}),
    (LLAMA, "license", "open-source", {}),
    (LLAMA, "license", "isn't open source", {}),
    (LLAMA, "license", "not open source", {}),
    (LLAMA, "throughput", "faster and cheaper through mixture of experts", {}),
    (LLAMA, "throughput", "quicker and less expensive through mixture-of-experts", {}),
)


def insert_invented(url):
    """A page that says some founding claims in other words, and some that come near."""
    with open_session(url) as session:
        source = make_row(
            Source, id="src_other", url="https://other.example/", publisher="Other", kind="press"
        )
        rows = [source]
        for number, (model_id, kind, claimed, more) in enumerate(INVENTED):
            draft = ClaimDraft.model_validate(
                {"type": kind, "claimed": claimed, "sightings": [{"source": "other"}], **more}
            )  # fmt: skip
            claim = make_claim(draft, "Llama 4", model_id)
            sighting = make_row(
                Sighting, id=f"sgt_{number}", claim_id=claim.id, source_id=source.id,
                quote=claimed, said_by="Other", extractor="test/1",
            )  # fmt: skip
            rows += [claim, sighting]
        insert_once(session, sorted(rows, key=lambda row: isinstance(row, Sighting)))
        session.commit()
