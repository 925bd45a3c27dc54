"""The founding articles and documents over real HTTP: one proposition is one claim."""

import json
from pathlib import Path

import pytest

from tests.crawlers.site import Page, serve
from tests.processes import run_kb

pytestmark = pytest.mark.crawl
_TYPES = {
    ".md": "text/markdown",
    ".txt": "text/plain",
    ".html": "text/html",
    ".json": "application/json",
}


def make_site(shared):
    """The five articles and the documents, each at an address of its own."""
    files = [*(shared / "seeds").glob("*.txt"), *(shared / "gold" / "docs").iterdir()]
    return {
        f"/{path.parent.name}/{path.name}": Page(
            path.read_bytes(), f"{_TYPES.get(path.suffix, 'text/plain')}; charset=utf-8"
        )
        for path in sorted(files)
    }


@pytest.fixture
def claims(settings, shared, records):
    with serve(make_site(shared)) as (url, _):
        paths = list(make_site(shared))
        addresses = [part for path in paths for part in ("--url", url + path)]
        accept = ("review", "readings", "--all", "accepted", "--by", "A. Reviewer")
        for command in (("load", str(records)), ("crawl", *addresses), accept, ("link",)):
            done = run_kb(settings, *command)
            assert done.returncode == 0, done.stderr
    return json.loads(run_kb(settings, "claims", "--json").stdout)


def list_documents(claim):
    return {
        Path(sighting["source_url"]).name for sighting in claim["sightings"] if sighting["snapshot"]
    }


def test_one_proposition_is_one_claim_and_a_rating_finds_its_bearer(claims, shared):
    windows = [
        claim
        for claim in claims
        if claim["model"] == "meta/llama-4-scout"
        and claim["type"] == "context_length"
        and claim["claimed_value"] == 10_000_000
    ]
    (window,) = windows
    crawled = list_documents(window)
    assert len(crawled) >= 5, crawled
    assert len({sighting["source_url"] for sighting in window["sightings"]}) > len(crawled)
    assert window["seed"] == "S01"

    (rating,) = [
        claim
        for claim in claims
        if claim["claimed_value"] == 1417 and claim["model"] == "meta/llama-4-maverick"
    ]
    assert rating["figure_of"]["model_id"] == "meta/llama-4-maverick-03-26-experimental"
    assert rating["figure_of"]["availability"] == "never_released"
    assert rating["subject"] == "Llama 4 Maverick"
    assert list_documents(rating), "the article that was crawled says it too"
    for claim in claims:
        for sighting in claim["sightings"]:
            assert sighting["quote"] is None or sighting["quote"].strip()
