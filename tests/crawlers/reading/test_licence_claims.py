"""Claims about a licence, judged from its text alone: crawled on loopback, policies followed."""

import json

import pytest
from sqlmodel import select

from kb.store.database import open_session
from kb.tables import Measurement
from tests.crawlers.site import Page, serve
from tests.processes import run_kb

pytestmark = pytest.mark.crawl
POLICY_AT = "https://www.llama.com/llama4/use-policy"
LICENCE = """TOY 2 COMMUNITY LICENSE AGREEMENT

1. Grant of Rights. You are granted a royalty-free license to use, copy and modify Toy 2.

2. Conduct. You must adhere to the Toy 2 Acceptable Use Policy (available at {policy}), which is
incorporated by reference.

3. Size. If you have more than 5 million monthly active users you must request a license.
"""
POLICY = """Toy 2 Acceptable Use Policy

You agree you will not use Toy 2 to:

1. Build weapons

2. Harass people

The rights are not granted to companies based in the European Union.
"""


def write_record(folder, name, vendor, claims):
    """A record of claims about a licence, and of nothing that was read in it."""
    folder.mkdir()
    press = {"url": "https://press.example/a", "publisher": "Press", "kind": "press"}
    seen = {"sightings": [{"source": "press", "quote": "so it says"}]}
    record = {
        "model": {"name": name, "vendor": vendor, "availability": "released",
                  "availability_source": "press"},
        "sources": {"press": press},
        "claims": [{**claim, **seen} for claim in claims],
    }  # fmt: skip
    (folder / "record.yaml").write_text(json.dumps(record))
    return folder


def crawl(settings, folder, url, name, vendor):
    options = ("--kind", "license", "--vendor", vendor, "--about", name, "--publisher", vendor)
    accept = ("review", "readings", "--all", "accepted", "--by", "A. Reviewer")
    read = ("crawl", "--url", url, *options)
    for command in (("load", str(folder)), read, accept, ("judge",)):
        done = run_kb(settings, *command)
        assert done.returncode == 0, done.stderr
    rows = json.loads(run_kb(settings, "claims", "--json").stdout)
    return {row["claimed_text"]: row for row in rows}


def judge_seeds(settings, shared, tmp_path):
    """The founding claims S20, S21 and S22, with nothing but the two texts on loopback."""
    docs = shared / "gold" / "docs"
    folder = write_record(tmp_path / "records", "Llama 4", "Meta", [
        {"type": "license", "claimed": "open source"},
        {"type": "license_term", "metric": "user_limit",
         "claimed": "free for entities under 700 million monthly active users"},
        {"type": "license_term", "metric": "eu_exclusion",
         "claimed": "multimodal models not available in the EU"},
    ])  # fmt: skip
    pages = {"/policy": Page((docs / "006.md").read_bytes(), "text/markdown; charset=utf-8")}
    with serve(pages) as (url, _):
        text = (docs / "004.txt").read_text()
        assert POLICY_AT in text
        pages["/LICENSE"] = Page(text.replace(POLICY_AT, f"{url}/policy").encode())
        return crawl(settings, folder, f"{url}/LICENSE", "Llama 4", "Meta")


def test_the_founding_claims_from_the_texts_alone(settings, shared, tmp_path):
    views = judge_seeds(settings, shared, tmp_path)
    by_words = {text.split()[0]: row for text, row in views.items()}
    opened, free, region = by_words["open"], by_words["free"], by_words["multimodal"]
    assert opened["outcome"] == "refuted"
    for words in ("criterion 5 of", "criterion 6 of the Open Source", "section 2 of the"):
        assert words in opened["explanation"]
    assert free["outcome"] == "supported"
    assert free["explanation"].startswith("Section 2 of the Llama 4 Community License")
    assert region["outcome"] == "supported"
    assert "of the Llama 4 Acceptable Use Policy says so" in region["explanation"]
    assert "not in the licence itself" in region["explanation"]


@pytest.fixture
def toy(settings, tmp_path):
    claims = [
        {"type": "license", "claimed": "Apache-2.0"},
        {"type": "license", "claimed": "Toy 2 Community License"},
        {"type": "license_term", "metric": "eu_exclusion", "claimed": "not for firms in the EU"},
        {"type": "license_term", "metric": "user_limit", "claimed": "free under 9 million users"},
    ]
    folder = write_record(tmp_path / "records", "Toy 2", "Toys", claims)
    pages = {"/policy": Page(POLICY.encode())}
    with serve(pages) as (url, asked):
        pages["/LICENSE"] = Page(LICENCE.format(policy=f"{url}/policy").encode())
        views = crawl(settings, folder, f"{url}/LICENSE", "Toy 2", "Toys")
    return views, asked


def test_a_policy_is_followed_and_another_licence_is_a_finding(settings, toy):
    views, asked = toy
    assert asked["/policy"] == 1
    other = views["Apache-2.0"]
    assert (other["outcome"], other["rule"]) == ("refuted", "license_text/2")
    assert "TOY 2 Community License" in other["explanation"]
    assert views["Toy 2 Community License"]["outcome"] == "supported"
    assert "not in the licence itself" in views["not for firms in the EU"]["explanation"]
    assert views["free under 9 million users"]["outcome"] == "refuted"
    with open_session(settings.url) as session:
        limit = session.exec(
            select(Measurement).where(Measurement.metric == "license_term.user_limit")
        ).one()
    assert (limit.value, limit.conditions["clause"]) == (5e6, "section 3")
    assert limit.conditions["quote"].endswith("you must request a license.")
