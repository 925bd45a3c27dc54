"""Repositories, listings and leaderboards over real HTTP."""

import json

import pytest
from sqlmodel import select

from kb.store.database import open_session
from kb.tables import Claim, Measurement, Sighting, Source
from tests.crawlers.fixture_files import FIXTURES
from tests.crawlers.site import Page, serve
from tests.processes import run_kb

pytestmark = pytest.mark.crawl


def read(settings, table):
    with open_session(settings.url) as session:
        return session.exec(select(table)).all()


def get_input(case):
    (path,) = (FIXTURES / case).glob("input.*")
    return path.read_bytes()


def list_folder(*names, **sizes):
    entries = [
        {"name": name, "path": f"elsewhere/{name}", "type": "file", "size": sizes.get(name, 10)}
        for name in names
    ]
    return json.dumps([*entries, {"name": "README", "type": "dir"}, 7]).encode()


def test_a_repository_on_github(settings):
    card = get_input("github/model_card")
    names = ("MODEL_CARD.md", "LICENSE", "USE_POLICY.md", "train.py", "README.pdf", "../LICENSE")
    pages = {
        "/repos/toys/models/contents/toy2?ref=v1.0": list_folder(*names),
        "/toys/models/v1.0/toy2/MODEL_CARD.md": Page(card),
        "/toys/models/v1.0/toy2/LICENSE": Page(get_input("github/license")),
        "/toys/models/v1.0/toy2/USE_POLICY.md": b"# Policy\n",
    }
    with serve(pages) as (url, asked):
        done = run_kb(
            settings, "crawl", "--github", "toys/models@v1.0:toy2",
            KB_GITHUB_URL=url, KB_GITHUB_RAW_URL=url,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert set(asked) == {"/robots.txt", *pages}
    kinds = {each.url.rsplit("/")[-1]: each.kind for each in read(settings, Source)}
    assert kinds == {
        "MODEL_CARD.md": "model_card", "LICENSE": "license", "USE_POLICY.md": "license",
    }  # fmt: skip
    windows = {
        each.subject_text: each.claimed_value
        for each in read(settings, Claim)
        if each.claim_type == "context_length"
    }
    assert windows == {"Toy 2 Small": 32_000, "Toy 2 Large": 128_000}


def test_one_file_on_github(settings):
    listing = json.dumps({"type": "file", "name": "card.md", "content": "aWdub3JlZA=="}).encode()
    pages = {
        "/repos/toys/models/contents/a%20b/card.md": listing,
        "/toys/models/HEAD/a%20b/card.md": get_input("github/model_card"),
    }
    with serve(pages) as (url, _):
        done = run_kb(
            settings, "crawl", "--github", "toys/models:a b/card.md",
            KB_GITHUB_URL=url, KB_GITHUB_RAW_URL=url,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert len(read(settings, Claim)) == 4


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
        each.conditions.get("provider"): each
        for each in read(settings, Measurement)
        if each.metric == "served_context"
    }
    assert {name: each.value for name, each in served.items()} == {
        None: 32_768, "Fast Host": 328_000, "Slow Host": 131_072,
    }  # fmt: skip
    assert len({each.model_id for each in served.values()}) == 1
    assert served["Fast Host"].conditions["precision"] == "fp8"
    assert served["Fast Host"].reported_by == "OpenRouter"
    said = [each for each in read(settings, Claim) if each.claim_type == "context_length"]
    assert [(each.claimed_value, each.said_by) for each in said] == [(131_072, "OpenRouter")]


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
    assert run_kb(settings, "judge").returncode == 0
    claims = json.loads(run_kb(settings, "claims", "--json").stdout)
    (claim,) = [
        each
        for each in claims
        if each["type"] == "context_length" and "10M" in each["claimed_text"]
    ]
    assert claim["numbers"]["served"] == 328_000
    assert "Highest context limit that a provider declares: 328,000 tokens" in claim["explanation"]


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
    served = [each for each in read(settings, Measurement) if each.metric == "served_context"]
    assert sorted(each.value for each in served) == [32_768, 131_072]
    cutoffs = [each for each in read(settings, Claim) if each.claim_type == "knowledge_cutoff"]
    assert [each.claimed_text for each in cutoffs] == ["2025-06"]


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
    boards = {each.conditions["board"] for each in ratings}
    assert {"LMArena", "LMArena, vision", "LMArena, text, style control, coding"} <= boards
    first = [each for each in ratings if each.rank == 1 and each.as_of < "2026"]
    series = sorted((each.as_of, each.value) for each in first)
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


@pytest.mark.parametrize(
    ("wish", "remedy"),
    [
        (("--github", "toys"), "owner/name@main:folder"),
        (("--github", "toys/../secrets"), "owner/name@main:folder"),
        (("--hub", "toys/a/b"), "owner/name or owner/name@v1"),
        (("--source", "nowhere"), "there are lmarena, models_dev"),
        (("--site", "ftp://toys.example"), "https://host/sitemap.xml"),
        (("--site", "https://toys.example", "--only", "("), "no regular expression"),
        (("--site", "https://toys.example", "--kind", "license"), "vendor_page or press"),
        (("--leaderboard", "file:///etc/passwd"), "give the address of a table"),
    ],
)
def test_a_wish_that_cannot_be_met_is_told_in_one_line(settings, wish, remedy):
    done = run_kb(settings, "crawl", *wish)
    assert done.returncode == 1
    assert done.stderr.startswith("kb: ")
    assert len(done.stderr.splitlines()) == 1
    assert remedy in done.stderr


def test_sources_are_listed_with_their_last_look(settings):
    with serve({"/api.json": get_input("models_dev/catalogue")}) as (url, _):
        run_kb(settings, "crawl", "--source", "models_dev", KB_MODELS_DEV_URL=url)
    listed = {
        each["name"]: each for each in json.loads(run_kb(settings, "sources", "--json").stdout)
    }
    assert listed["models_dev"]["snapshots"] == 1
    assert listed["models_dev"]["last_new_snapshot_at"].startswith("20")
    assert listed["lmarena"]["data_license"] == "CC BY 4.0"
    assert listed["press"]["addresses"]
    assert "models_dev" in run_kb(settings, "sources").stdout
    assert read(settings, Sighting)
