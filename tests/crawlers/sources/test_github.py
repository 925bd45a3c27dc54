"""Repositories on GitHub over real HTTP: a folder's documents, and one file."""

import json

import pytest
from sqlmodel import select

from kb.store.database import open_session
from kb.tables import Claim, Source
from tests.crawlers.fixture_files import get_input
from tests.crawlers.site import Page, serve
from tests.processes import run_kb

pytestmark = pytest.mark.crawl


def read(settings, table):
    with open_session(settings.url) as session:
        return session.exec(select(table)).all()


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
    kinds = {source.url.rsplit("/")[-1]: source.kind for source in read(settings, Source)}
    assert kinds == {
        "MODEL_CARD.md": "model_card", "LICENSE": "license", "USE_POLICY.md": "license",
    }  # fmt: skip
    windows = {
        claim.subject_text: claim.claimed_value
        for claim in read(settings, Claim)
        if claim.claim_type == "context_length"
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
