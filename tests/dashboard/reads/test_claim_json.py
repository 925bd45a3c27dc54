"""A claim's JSON is what `kb show --json` prints, key for key, value for value."""

import json
from pathlib import Path

import pytest

from dashboard.reads.claim_json import make_claim_json, make_view
from dashboard.reads.claims import read_claim
from dashboard.reads.published import Edition
from kb.cli.console import print_json
from kb.settings import Settings
from kb.store.claims.views import read_claim_views
from kb.store.database import open_session
from tests.dashboard.sample_edition import SMOL_CLAIM, read_claims


def test_every_claim_is_as_the_command_shows_it(
    edition: Edition, sample_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_session(Settings(home=sample_home).url) as session:
        views = {view["id"]: view for view in read_claim_views(session)}
    claims = read_claims(edition)
    assert {claim["claim_id"] for claim in claims} == set(views)
    kinds = {
        (row["outcome"], row["figure_of_id"] is None, row["wordings"] > 1, row["basis"]): row
        for row in claims
    }
    assert len(kinds) > 8
    for claim in kinds.values():
        assert make_view(edition, claim) == views[claim["claim_id"]]
    smol = read_claim(edition, SMOL_CLAIM)
    assert smol is not None
    print_json(views[SMOL_CLAIM])
    assert json.loads(make_claim_json(edition, smol)) == json.loads(capsys.readouterr().out)
    assert len(views[SMOL_CLAIM]["measurements"]) > 10
