"""Every fixture of every source: what is found, and that each quote stands where it is said to."""

import json

import pytest

from crawlers.reading.decoding import decode
from crawlers.sources.source import EXTRACTORS, list_sources
from kb.domain.claim_types import find_claim_type
from kb.domain.drafts import ClaimDraft, SightingDraft
from kb.domain.found import Extraction
from tests.crawlers.fixture_files import FIXTURES, as_json, list_cases, open_case, read_case


@pytest.mark.parametrize("name", list_cases())
def test_what_is_found(name):
    expected = json.loads((FIXTURES / name / "expected.json").read_text())
    assert as_json(read_case(name)) == expected


@pytest.mark.parametrize("name", list_cases())
def test_every_quote_stands_at_its_place(name):
    found = read_case(name)
    if not isinstance(found, Extraction):
        return
    text = decode(open_case(name))
    for part in (*found.claims, *found.results):
        if "offsets count rows" in part.locator:
            assert part.end == part.start + 1
        else:
            assert text[part.start : part.end] == part.quote
    assert found.kept + len(found.excluded) + len(found.failed) == found.candidates


@pytest.mark.parametrize("name", list_cases())
def test_every_claim_is_of_a_declared_type_and_in_range(name):
    found = read_case(name)
    for claim in found.claims if isinstance(found, Extraction) else ():
        find_claim_type(claim.claim_type)
        ClaimDraft(
            type=claim.claim_type, claimed=claim.claimed_text, metric=claim.metric,
            value=claim.claimed_value, value_high=claim.claimed_high, unit=claim.unit,
            operator=claim.operator,
            conditions=claim.conditions, sightings=[SightingDraft(source="s")],
        )  # fmt: skip


def test_every_source_is_declared_has_an_extractor_and_fixtures():
    declared = {source.name for source in list_sources()}
    assert declared == set(EXTRACTORS)
    with_fixtures = {name.split("/")[0] for name in list_cases()}
    assert declared - {"local_release", "web_page"} <= with_fixtures
