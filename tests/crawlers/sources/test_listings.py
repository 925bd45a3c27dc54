"""Listings of providers, and leaderboards, over real HTTP."""

import json

import pytest
from sqlmodel import select

from kb.store.database import open_session
from kb.tables import Claim, Measurement, Sighting
from tests.crawlers.fixture_files import get_input
from tests.crawlers.site import Page, serve
from tests.processes import run_kb
from tests.reviewing import accept_all

pytestmark = pytest.mark.crawl


def read(settings, table):
    with open_session(settings.url) as session:
        return session.exec(select(table)).all()


OPENROUTER = {
    "/api/v1/models": get_input("openrouter/models"),
    "/api/v1/models/toys/toy-1b/endpoints": get_input("openrouter/endpoints"),
}


@pytest.mark.parametrize("wish", [("--source", "openrouter"), ("--openrouter", "toys/toy-1b")])
def test_what_providers_serve(settings, wish):
    with serve(OPENROUTER) as (url, asked):
        done = run_kb(settings, "crawl", *wish, KB_OPENROUTER_URL=url)
    assert done.returncode == 0, done.stderr
    assert set(asked) == {"/robots.txt", *OPENROUTER}
    served = {
        row.conditions.get("provider"): row
        for row in read(settings, Measurement)
        if row.metric == "served_context"
    }
    assert {name: row.value for name, row in served.items()} == {
        None: 32_768, "Fast Host": 328_000, "Slow Host": 131_072,
    }  # fmt: skip
    assert len({row.model_id for row in served.values()}) == 1
    assert served["Fast Host"].conditions["precision"] == "fp8"
    assert served["Fast Host"].reported_by == "OpenRouter"
    said = [claim for claim in read(settings, Claim) if claim.claim_type == "context_length"]
    assert [claim.claimed_value for claim in said] == [131_072]
    (seen,) = [row for row in read(settings, Sighting) if row.claim_id == said[0].id]
    assert seen.said_by == "OpenRouter"


def test_a_window_that_nobody_serves_is_judged(settings):
    """A vendor says 10M; the largest window served is 328,000: both stand in the verdict."""
    card = b"---\nlicense: mit\n---\n# Toy-1B\n\nToy-1B has a context window of 10M tokens.\n"
    info = json.dumps({"id": "toys/Toy-1B", "sha": "a" * 40}).encode()
    hub = {
        "/api/models/toys/Toy-1B?blobs=true": info,
        f"/toys/Toy-1B/resolve/{'a' * 40}/README.md": card,
    }
    with serve({**OPENROUTER, **hub}) as (url, _):
        done = run_kb(
            settings, "crawl", "--hub", "toys/Toy-1B", "--source", "openrouter",
            KB_HUB_URL=url, KB_OPENROUTER_URL=url,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    accept_all(settings)
    assert run_kb(settings, "judge").returncode == 0
    claims = json.loads(run_kb(settings, "claims", "--json").stdout)
    (claim,) = [
        claim
        for claim in claims
        if claim["type"] == "context_length" and "10M" in claim["claimed_text"]
    ]
    assert claim["numbers"]["served"] == 328_000
    assert "328,000 tokens at " in claim["explanation"]


def test_a_model_that_is_not_listed_is_told(settings):
    with serve(OPENROUTER) as (url, _):
        done = run_kb(settings, "crawl", "--openrouter", "toys/none", KB_OPENROUTER_URL=url)
    assert done.returncode == 1
    assert "toys/none: no such model is listed" in done.stderr


def test_the_catalogue_of_models_dev(settings):
    pages = {"/api.json": get_input("models_dev/catalogue")}
    with serve(pages) as (url, _):
        done = run_kb(settings, "crawl", "--source", "models_dev", KB_MODELS_DEV_URL=url)
        again = run_kb(settings, "crawl", "--source", "models_dev", KB_MODELS_DEV_URL=url)
    assert done.returncode == again.returncode == 0, done.stderr
    assert "(0 new)" in again.stderr
    served = [row for row in read(settings, Measurement) if row.metric == "served_context"]
    assert sorted(row.value for row in served) == [32_768, 131_072]
    cutoffs = [claim for claim in read(settings, Claim) if claim.claim_type == "knowledge_cutoff"]
    assert [claim.claimed_text for claim in cutoffs] == ["2025-06"]


def test_declared_boards_and_named_tables(settings):
    base = "/api/datasets/lmarena-ai/leaderboard-dataset/parquet"
    parquet = Page(get_input("lmarena/parquet"), "application/octet-stream")
    table = get_input("lmarena/table_with_date_in_its_name")
    pages = {
        f"{base}/text/latest/0.parquet": parquet,
        f"{base}/text_style_control/latest/0.parquet": parquet,
        f"{base}/vision/latest/0.parquet": parquet,
        "/lmarena_text_20250411.csv": table,
        "/lmarena_text_20250412.csv": table.replace(b"1417", b"1420"),
    }
    with serve(pages) as (url, _):
        done = run_kb(
            settings, "crawl", "--source", "lmarena",
            "--leaderboard", f"{url}/lmarena_text_20250411.csv",
            "--leaderboard", f"{url}/lmarena_text_20250412.csv", KB_HUB_URL=url,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    ratings = read(settings, Measurement)
    boards = {rating.conditions["board"] for rating in ratings}
    assert {"LMArena", "LMArena, vision", "LMArena, text, style control, coding"} <= boards
    first = [rating for rating in ratings if rating.rank == 1 and rating.as_of < "2026"]
    series = sorted((rating.as_of, rating.value) for rating in first)
    assert series == [("2025-04-11", 1417), ("2025-04-12", 1420)]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (get_input("lmarena/parquet_of_pickles"), "holds binary, not plain values"),
        (get_input("lmarena/parquet_broken"), "not a parquet file"),
    ],
)
def test_hostile_tables_are_refused_and_told(settings, body, why):
    pages = {"/board.parquet": Page(body, "application/octet-stream")}
    with serve(pages) as (url, _):
        done = run_kb(settings, "crawl", "--leaderboard", f"{url}/board.parquet")
    assert done.returncode == 1
    assert why in done.stderr
    assert read(settings, Measurement) == []
