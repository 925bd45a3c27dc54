"""Linking over the project's own records and invented sightings, by rule and by people."""

from datetime import date

import duckdb
import pytest
from sqlmodel import select

from kb.cli.commands.pipeline.judge import run_judge
from kb.cli.commands.pipeline.publish import run_publish
from kb.domain.errors import UserError
from kb.domain.in_force.judgements import Likeness
from kb.stages.link import insert_persons_judgement, link_claims, withdraw_judgement
from kb.store.claims.judgements import read_groups
from kb.store.claims.views import read_claim_views
from kb.store.database import open_session
from kb.store.insert import insert_once, make_row
from kb.tables import Claim, Judgement, Sighting
from tests.dumps import dump
from tests.stages.invented_claims import SCOUT


def ids_by_text(session):
    return {claim.claimed_text: claim.id for claim in session.exec(select(Claim))}


def merged_texts(session):
    texts = {claim.id: claim.claimed_text for claim in session.exec(select(Claim))}
    members = read_groups(session).list_members()
    return {frozenset(texts[member] for member in group) for group in members.values()}


def test_what_is_one_and_what_is_not(linked):
    with open_session(linked.url) as session:
        assert merged_texts(session) == {
            frozenset(("runs on a single NVIDIA H100", "fits on one H100 GPU")),
            frozenset(("up to 10 million tokens", "10,485,760 tokens")),
            frozenset(("open source", "open-source")),
            frozenset(("isn't open source", "not open source")),
            frozenset(("faster and cheaper through mixture of experts",
                       "quicker and less expensive through mixture-of-experts")),
            frozenset(("74.3",)),  # on mmlu_pro and on "MMLU Pro"
        }  # fmt: skip


def test_one_claim_shows_all_its_sightings(linked):
    with open_session(linked.url) as session:
        views = {view["seed"]: view for view in read_claim_views(session) if view["seed"]}
        total = len(session.exec(select(Sighting.claim_id).distinct()).all())
        shown = read_claim_views(session)
    assert set(views) == {f"S{n:02}" for n in range(1, 39)}
    licence = views["S20"]
    assert len(licence["merged_from"]) == 1
    assert {"https://other.example/"} < {
        sighting["source_url"] for sighting in licence["sightings"]
    }
    assert len(shown) == total - 6
    assert sum(len(view["merged_from"]) for view in shown) == 6


def test_twice_adds_nothing(linked, encoder):
    before = dump(linked.url)
    with open_session(linked.url) as session:
        assert link_claims(session, encoder).new_judgements == 0
    assert dump(linked.url) == before


def test_the_published_file_lists_a_proposition_once(linked):
    run_judge(linked)
    file = run_publish(linked).file
    with duckdb.connect(str(file), read_only=True) as connection:
        rows = connection.sql(
            "select seed, sightings, wordings from claims_vs_reality where seed = 'S20'"
        ).fetchall()
        seeds = connection.sql("select count(seed) from claims_vs_reality").fetchall()[0][0]
        groups = connection.sql("select * from claim_groups").fetchall()
        total, shown = (
            connection.sql(f"select count(distinct claim_id) from {name}").fetchall()[0][0]
            for name in ("sighting", "claims_vs_reality")
        )
        alone = connection.sql("select count(*) from sighting where claim_id in "
                               "(select id from claim where seed = 'S20')").fetchall()  # fmt: skip
    assert rows == [("S20", alone[0][0] + 1, 2)]
    assert seeds == 38
    assert len(groups) == 6
    assert shown == total - 6


def test_the_dashboard_leads_from_any_wording_to_the_claim(linked):
    from dashboard.reads.claim_search import Filters, read_matching
    from dashboard.reads.claims import read_claim
    from dashboard.reads.evidence import read_sightings
    from dashboard.reads.published import find_edition

    run_judge(linked)
    edition = find_edition(run_publish(linked).file)
    with open_session(linked.url) as session:
        other = ids_by_text(session)["open-source"]
    claim = read_claim(edition, other)
    assert claim["seed"] == "S20"
    assert claim == read_claim(edition, "s20")
    urls = {row["url"] for row in read_sightings(edition, claim["claim_id"])}
    assert "https://other.example/" in urls
    assert len(urls) > 1
    assert other not in {row["claim_id"] for row in read_matching(edition, Filters())}


def test_a_person_outranks_the_rule_and_can_take_it_back(linked, encoder):
    with open_session(linked.url) as session:
        other = ids_by_text(session)["open-source"]
        before = merged_texts(session)
        said = insert_persons_judgement(
            session, "S20", other, Likeness.DIFFERENT, "Ada", "one is about the code"
        )
        link_claims(session, encoder)
        assert frozenset(("open source", "open-source")) not in merged_texts(session)
        again = insert_persons_judgement(
            session, other, "S20", Likeness.DIFFERENT, "Ada", "one is about the code"
        )
        assert again.id == said.id
        taken = withdraw_judgement(session, said.id, "Ada", "")
        assert taken.supersedes_id == said.id
        assert merged_texts(session) == before
        assert withdraw_judgement(session, said.id, "Ada", "").id == taken.id
        assert session.get(Judgement, said.id).outcome == "different"  # nothing was rewritten


def test_a_person_may_join_founding_claims(linked):
    with open_session(linked.url) as session:
        insert_persons_judgement(session, "S10", "S12", Likeness.SAME, "Ada", "trying it out")
        seeds = {view["seed"] for view in read_claim_views(session)}
        assert "S12" not in seeds
        assert "S10" in seeds


def test_verdicts_take_over_what_was_measured_for_the_same(linked):
    from kb.store.reads import read_cases
    from kb.tables import Measurement, Plan, Release

    with open_session(linked.url) as session:
        texts = ids_by_text(session)
        release = session.exec(select(Release).where(Release.model_id == SCOUT)).first()
        release = release or make_row(Release, id="rel_x", model_id=SCOUT, repository="x",
                                      source_id="src_other")  # fmt: skip
        plan = make_row(Plan, id="pln_x", claim_id=texts["10,485,760 tokens"],
                        release_id=release.id, probe="context_window", probe_version=0,
                        parameters={}, seed=1)  # fmt: skip
        measured = make_row(
            Measurement, id="mea_x", model_id=SCOUT, plan_id=plan.id, basis="measured_here",
            metric="effective_context", value=4096.0,
        )  # fmt: skip
        insert_once(session, [release, plan, measured])
        session.commit()
        cases = {case.claim.id: case for case in read_cases(session, date(2026, 11, 21))}
        canonical = texts["up to 10 million tokens"]
        taken = [
            evidence.claim_id for evidence in cases[canonical].evidence if evidence.id == "mea_x"
        ]
        other = texts["over 10 million tokens"]
        kept = [evidence.claim_id for evidence in cases[other].evidence if evidence.id == "mea_x"]
    assert taken == [canonical]
    assert kept == [texts["10,485,760 tokens"]]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda s: insert_persons_judgement(s, "S01", "S99", Likeness.SAME, "A", "b"), "no claim"),
        (lambda s: insert_persons_judgement(s, "S01", "S01", Likeness.SAME, "A", "b"), "the same"),
        (lambda s: insert_persons_judgement(s, "S01", "S02", Likeness.SAME, "", "b"), "--by"),
        (lambda s: insert_persons_judgement(s, "S01", "S02", Likeness.SAME, "A", " "), "--reason"),
        (lambda s: insert_persons_judgement(s, "S01", "S02", Likeness.SAME, "rule:x/1", "b"),
         "rule's name"),
        (lambda s: withdraw_judgement(s, "jdg_none", "A", ""), "no judgement"),
        (lambda s: withdraw_judgement(s, first_rule(s), "A", ""), "is a rule's"),
    ],
)  # fmt: skip
def test_what_cannot_be_judged_is_told(linked, call, words):
    with open_session(linked.url) as session, pytest.raises(UserError, match=words):
        call(session)


def first_rule(session):
    return session.exec(select(Judgement.id)).first()


def test_a_new_rule_supersedes_and_withdraws(linked, encoder, monkeypatch):
    from kb.stages import link

    monkeypatch.setattr(link, "RULE", "rule:link/2")
    monkeypatch.setattr(link, "find_pairs", lambda *a: [])
    with open_session(linked.url) as session:
        before = len(session.exec(select(Judgement)).all())
        link_claims(session, encoder)
        assert read_groups(session).canonical == {}
        assert len(session.exec(select(Judgement)).all()) == 2 * before
        assert link_claims(session, encoder).new_judgements == 0
