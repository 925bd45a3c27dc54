"""The Hub over real HTTP: documents at the right revision, headers of weights, never weights."""

import json

import pytest
from sqlmodel import select

from kb.store.database import open_session
from kb.tables import Claim, Measurement, Release, Snapshot, Source
from tests.crawlers.site import REPOSITORY, REVISION, Page, serve
from tests.crawlers.weights import make_safetensors
from tests.dumps import dump
from tests.processes import kill_kb_when, run_kb

pytestmark = pytest.mark.crawl
HUB = ("crawl", "--no-installed", "--hub", REPOSITORY)
BASE = f"/{REPOSITORY}/resolve/{REVISION}"
FIRST = {"embed.weight": ("BF16", [320, 64], 2), "a.weight": ("BF16", [64, 64], 2)}
SECOND = {"b.weight": ("F32", [10, 10], 4), "b.scale": ("F32", [], 4)}
SHARDS = ("model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors")
TOTAL = 320 * 64 + 64 * 64 + 100 + 1


def make_hub(weights, files=(), gated=False, info_path=f"/api/models/{REPOSITORY}?blobs=true"):
    """Pages of a repository with these weights (name → bytes or Page) and files."""
    pages = {f"{BASE}/{name}": body for name, body in {**weights, **dict(files)}.items()}
    siblings = [
        {"rfilename": name, "size": 7, "lfs": {"sha256": f"{number:064x}"}}
        for number, name in enumerate([*weights, *dict(files)])
    ]
    info = {
        "id": REPOSITORY, "sha": REVISION, "gated": gated, "downloads": 1234, "likes": 5,
        "tags": ["license:mit", "safetensors"], "siblings": siblings,
        "cardData": {"base_model": "toys/Toy-1B-base"},
        "safetensors": {"total": 9, "parameters": {"BF16": 9}},
    }  # fmt: skip
    return {**pages, info_path: json.dumps(info).encode()}


def read(settings, table):
    with open_session(settings.url) as session:
        return session.exec(select(table)).all()


def test_parameters_are_counted_over_the_headers_of_all_shards(settings):
    weights = {
        SHARDS[0]: make_safetensors(FIRST, b"\0" * 60_000),
        SHARDS[1]: make_safetensors(SECOND, b"\0" * 60_000, pad=300_000),
        "consolidated.safetensors": make_safetensors(FIRST, b"\0" * 10),
    }
    with serve(make_hub(weights)) as (url, asked):
        done = run_kb(settings, *HUB, KB_HUB_URL=url)
    assert done.returncode == 0, done.stderr
    assert asked[f"{BASE}/{SHARDS[1]}"] == 2  # its header is longer than the first request
    assert not asked[f"{BASE}/consolidated.safetensors"]
    (release,) = read(settings, Release)
    assert release.facts["params_total"] == TOTAL
    assert release.facts["params_by_dtype"] == {"BF16": TOTAL - 101, "F32": 101}
    assert (release.precision, release.revision) == ("BF16", REVISION)
    assert release.facts["base_model"] == "toys/Toy-1B-base"
    assert len(release.manifest_sha256) == 64
    results = {row.metric: row for row in read(settings, Measurement)}
    counted = results["params_total"]
    assert (counted.value, counted.low, counted.high) == (TOTAL, TOTAL, TOTAL)
    assert (counted.basis, counted.reported_by, counted.n) == ("read_from_release", None, 4)
    assert results["downloads_30_days"].value == 1234
    assert results["downloads_30_days"].reported_by == "Hugging Face"


def test_a_server_that_knows_no_ranges_is_cut_off(settings):
    big = Page(make_safetensors(FIRST, b"\0" * 200_000_000), ranges=False)
    with serve(make_hub({"model.safetensors": big})) as (url, asked):
        done = run_kb(settings, *HUB, KB_HUB_URL=url)
    assert done.returncode == 0, done.stderr
    assert asked.sent < 20_000_000, f"{asked.sent:,} bytes went out"
    (release,) = read(settings, Release)
    assert release.facts["params_total"] == TOTAL - 101
    assert release.manifest_sha256 == f"{0:064x}"


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        (b"\x80\x04\x95 no weights at all, but a pickle" * 10, "begins like a Python pickle"),
        ((10_000_000).to_bytes(8, "little") + b"{" * 200_000, "did not arrive whole"),
        ((500).to_bytes(8, "little") + b"x" * 500, "not JSON"),
    ],
)
def test_broken_weights_are_told_and_the_documents_are_read(settings, broken, why):
    card = b"---\nlicense: mit\n---\n"
    pages = make_hub({"model.safetensors": broken}, {"README.md": card})
    with serve(pages) as (url, _):
        done = run_kb(settings, *HUB, KB_HUB_URL=url)
    assert done.returncode == 1
    assert why in done.stderr
    assert [claim.claimed_text for claim in read(settings, Claim)] == ["mit"]


def test_gated_files_are_no_failure(settings):
    pages = make_hub({"model.safetensors": 403}, {"config.json": 401, "README.md": b"x"}, "manual")
    with serve(pages) as (url, asked):
        done = run_kb(settings, *HUB, KB_HUB_URL=url)
    assert done.returncode == 0, done.stderr
    assert not asked[f"{BASE}/model.safetensors"]
    (release,) = read(settings, Release)
    assert release.facts["hub_params_total"] == 9
    said = {claim.claim_type: claim.claimed_text for claim in read(settings, Claim)}
    assert said == {"license": "mit", "availability": "on the Hub behind a form (manual approval)"}


def test_a_revision_and_all_kinds_of_documents(settings):
    files = {
        "config.json": json.dumps({"text_config": {"max_position_embeddings": 4096}}).encode(),
        "generation_config.json": b'{"max_new_tokens": 2048}',
        "tokenizer_config.json": b'{"model_max_length": 1e30, "chat_template": "{{ x }}"}',
        "README.md": b"---\nlicense: other\nlicense_name: toy-license\n---\n",
        ".eval_results/gpqa.yaml": b"- dataset: {id: a/gpqa, task_id: diamond}\n  value: 0.4\n",
        "LICENSE.txt": b"Toy License",
        "USE_POLICY.md": b"Be good.",
        "pytorch_model.bin": b"\0" * 1000,
    }
    path = f"/api/models/{REPOSITORY}/revision/v1.0?blobs=true"
    with serve(make_hub({}, files, info_path=path)) as (url, asked):
        done = run_kb(settings, *HUB[:-1], f"{REPOSITORY}@v1.0", KB_HUB_URL=url)
    assert done.returncode == 0, done.stderr
    assert not asked[f"{BASE}/pytorch_model.bin"]
    kinds = {source.url.rsplit("/")[-1]: source.kind for source in read(settings, Source)}
    assert kinds["LICENSE.txt"] == kinds["USE_POLICY.md"] == "license"
    said = {(claim.claim_type, claim.claimed_text) for claim in read(settings, Claim)}
    assert said == {
        ("license", "mit"), ("license", "toy-license"), ("license", "Toy License"),
        ("context_length", "4096 tokens"), ("benchmark_score", "0.4"),
    }  # fmt: skip
    results = {row.metric: row for row in read(settings, Measurement)}
    assert results["declared_context"].value == 4096
    assert len(results["chat_template_sha256"].text) == 64


@pytest.mark.parametrize("seen", [1, 3])
def test_killed_and_run_again_ends_the_same(settings, tmp_path, seen):
    from kb.cli.commands.pipeline.init import run_init
    from kb.settings import Settings

    quiet = Settings(home=tmp_path / "quiet")
    run_init(quiet)
    weights = {SHARDS[0]: make_safetensors(FIRST), SHARDS[1]: make_safetensors(SECOND)}
    pages = make_hub(weights, {"README.md": b"---\nlicense: mit\n---\n", "config.json": b"{}"})
    with serve(pages) as (url, _):
        assert run_kb(quiet, *HUB, KB_HUB_URL=url).returncode == 0
        kill_kb_when(
            settings,
            lambda: len(list(settings.archive.rglob("*.warc.gz"))) >= seen,
            *HUB,
            KB_HUB_URL=url,
        )
        assert run_kb(settings, *HUB, KB_HUB_URL=url).returncode == 0
    assert dump(settings.url) == dump(quiet.url)
    assert len(read(settings, Snapshot)) == 4
