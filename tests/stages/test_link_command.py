"""`kb link`: killed and run again it ends the same; what it prints."""

import json
from itertools import product

import pytest
from sqlmodel import func, select

from kb.cli.commands.pipeline.init import run_init
from kb.cli.commands.pipeline.load import run_load
from kb.domain.drafts import ClaimDraft, SightingDraft
from kb.settings import Settings
from kb.store.claims.judgements import read_groups
from kb.store.database import open_session
from kb.store.insert import insert_once
from kb.store.rows import make_claim
from kb.tables import Judgement
from tests.dumps import dump
from tests.processes import kill_kb_when, run_kb
from tests.stages.invented_claims import SCOUT, insert_invented


def insert_many_scores(url):
    """Enough claims that linking commits several times."""
    spellings = ("T{n} (5-shot)", "T{n}, 5-shot", "5-shot T{n}", "t{n}_5_shot", "T{n} 5-shot test")
    with open_session(url) as session:
        rows = {}
        for n, spelling in product(range(1500), spellings):
            draft = ClaimDraft(
                type="benchmark_score", claimed=f"{n % 90}.5", unit="percent",
                metric=spelling.format(n=n), sightings=[SightingDraft(source="other")],
            )  # fmt: skip
            claim = make_claim(draft, "Llama 4 Scout", SCOUT)
            rows[claim.id] = claim
        insert_once(session, rows.values())
        session.commit()


@pytest.mark.parametrize("seen", [1, 2001])
def test_killed_and_run_again_ends_the_same(base, records, tmp_path, seen):
    quiet = Settings(home=tmp_path / "quiet")
    run_init(quiet)
    run_load(quiet, records)
    insert_invented(quiet.url)
    for settings in (quiet, base):
        insert_many_scores(settings.url)
    assert run_kb(quiet, "link").returncode == 0
    kill_kb_when(base, lambda: has_linked(base) >= seen, "link")
    assert 0 < has_linked(base) < has_linked(quiet)
    assert run_kb(base, "link").returncode == 0
    assert dump(base.url) == dump(quiet.url)


def has_linked(settings):
    with open_session(settings.url) as session:
        return session.exec(select(func.count()).select_from(Judgement)).one()


def test_the_command(base):
    done = run_kb(base, "link", "--json")
    assert done.returncode == 0, done.stderr
    with open_session(base.url) as session:
        groups = read_groups(session).list_members()
    assert json.loads(done.stdout)["groups"] == len(groups) >= 3
    said = run_kb(base, "link", "--different", "S20", "S07", "--by", "Ada", "--reason", "x",
                  "--json")  # fmt: skip
    (judgement,) = json.loads(said.stdout)
    assert judgement["author"] == "Ada"
    listed = json.loads(run_kb(base, "link", "--list", "--json").stdout)
    assert judgement["id"] in {judgement["id"] for judgement in listed}
    review = json.loads(run_kb(base, "link", "--review", "--json").stdout)
    assert {judgement["outcome"] for judgement in review} == {"unsure"}
    assert run_kb(base, "link", "--undo", judgement["id"], "--by", "Ada").returncode == 0
    nonsense = run_kb(base, "link", "--undo", judgement["id"], "--review")
    assert nonsense.returncode == 1
    assert "give only one of" in nonsense.stderr
