"""A vendor edits or withdraws a claim: the history tells, in the tables and to readers."""

import json
from dataclasses import replace

import duckdb
import pytest
from sqlmodel import select

from crawlers.sources.source import EXTRACTORS
from kb.cli.commands.pipeline.publish import run_publish
from kb.domain.found import Extraction, Extractor
from kb.stages.extract import extract_snapshots
from kb.store.claims.histories import read_current_sightings
from kb.store.claims.views import read_claim_views
from kb.store.database import open_session
from kb.tables import Reading, Sighting, Snapshot
from tests.crawlers.site import Page, serve
from tests.processes import run_kb
from tests.reviewing import accept_all

pytestmark = pytest.mark.crawl
PATH = "/toy.md"


def make_page(window, more=""):
    text = f"# Toy 2\n\nToy 2 has a context window of {window} tokens.\n{more}\n"
    return Page(text.encode(), "text/markdown; charset=utf-8")


def crawl(settings, pages):
    """Crawl the same address once for each page, accept what is read; return the claims then."""
    site = {PATH: pages[0]}
    with serve(site) as (url, _):
        for page in pages:
            site[PATH] = page
            done = run_kb(settings, "crawl", "--url", url + PATH, "--vendor", "Toys")
            assert done.returncode == 0, done.stderr
    accept_all(settings)
    return json.loads(run_kb(settings, "claims", "--json").stdout)


def test_an_edited_and_a_withdrawn_claim(settings):
    size = "Toy 2 has 7 billion parameters."
    claims = crawl(settings, [make_page("128K", size), make_page("32K")])
    windows = {
        claim["claimed_text"]: claim for claim in claims if claim["type"] == "context_length"
    }
    (sizes,) = [claim for claim in claims if claim["type"] == "params_total"]
    old, new = windows["128K tokens"], windows["32K tokens"]
    assert [change["fate"] for change in old["changes"]] == ["edited"]
    assert old["changes"][0]["replaced_by"] == new["id"]
    assert [change["fate"] for change in sizes["changes"]] == ["withdrawn"]
    assert new["changes"] == []

    assert run_kb(settings, "publish").returncode == 0
    with duckdb.connect(str(settings.home / "published.duckdb"), read_only=True) as base:
        told = base.sql("select claim_id, fate, replaced_by_text from claim_changes").fetchall()
        stands = base.sql("select claim_id from claim_history where fate = 'stands'").fetchall()
    assert sorted(told) == sorted(
        [(old["id"], "edited", "32K tokens"), (sizes["id"], "withdrawn", None)]
    )
    assert stands == [(new["id"],)]
    shown = run_kb(settings, "show", old["id"]).stdout
    assert "edited at" in shown and new["id"] in shown


def test_other_bytes_with_the_same_claims_change_no_history(settings):
    claims = crawl(settings, [make_page("128K"), make_page("128K", "Thank you for reading.")])
    with open_session(settings.url) as session:
        assert len(session.exec(select(Snapshot)).all()) == 2
        assert len(session.exec(select(Sighting)).all()) == 2
    assert [claim["changes"] for claim in claims] == [[]]


def test_a_page_that_cannot_be_read_withdraws_nothing(settings):
    """A reader that gives up on the second snapshot says nothing of what is gone."""
    crawl(settings, [make_page("128K"), make_page("32K")])

    def read(document):
        if b"32K" in document.body:
            raise ValueError("not to be read")
        return EXTRACTORS["web_page"].read(document)

    stubborn = {"web_page": Extractor("web_page", 99, read)}
    with open_session(settings.url) as session:
        report = extract_snapshots(session, settings.archive, stubborn)
        assert list(report.unread.values()) == ["not to be read"]
        (view,) = read_claim_views(session)
        assert (view["claimed_text"], view["changes"]) == ("128K tokens", [])


def list_published_sightings(settings):
    """Ids of the sightings in force, as the published file tells them."""
    file = run_publish(settings).file
    with duckdb.connect(str(file), read_only=True) as base:
        rows = base.sql("select id from current_sightings order by 1").fetchall()
    return [row[0] for row in rows]


def test_a_mended_reader_takes_back_what_the_old_one_read_wrong(settings):
    """Every snapshot is read again; what only the old reading found is shown no more."""
    (claim,) = crawl(settings, [make_page("128K")])
    own = EXTRACTORS["web_page"]
    mended = {"web_page": replace(own, version=own.version + 1, read=lambda document: Extraction())}
    with open_session(settings.url) as session:
        report = extract_snapshots(session, settings.archive, mended)
        assert (report.documents, report.kept) == (1, 0)
        assert read_claim_views(session) == []
        old, new = sorted(session.exec(select(Reading)), key=lambda row: row.supersedes_id or "")
        assert new.supersedes_id == old.id
        assert read_current_sightings(session) == list_published_sightings(settings) == []
        assert [row.claim_id for row in session.exec(select(Sighting))] == [claim["id"]]
        again = {"web_page": replace(own, version=own.version + 2)}
        extract_snapshots(session, settings.archive, again)
        assert [view["id"] for view in read_claim_views(session)] == [claim["id"]]
        current = [row.id for row in read_current_sightings(session)]
        assert current == list_published_sightings(settings)
        assert len(current) == 1 < len(session.exec(select(Sighting)).all())
