"""Linking over the project's own records and invented sightings, by rule and by people."""

import json
from datetime import date
from itertools import product

import duckdb
import pytest
from sqlmodel import select

from kb.cli.commands.pipeline.init import run_init
from kb.cli.commands.pipeline.judge import run_judge
from kb.cli.commands.pipeline.load import run_load
from kb.cli.commands.pipeline.publish import run_publish
from kb.domain.drafts import ClaimDraft, SightingDraft
from kb.domain.errors import UserError
from kb.domain.judgements import Likeness
from kb.settings import Settings
from kb.stages.link import insert_persons_judgement, link_claims, withdraw_judgement
from kb.store.claims.judgements import read_groups
from kb.store.claims.views import read_claim_views
from kb.store.database import open_session
from kb.store.insert import insert_once, make_row
from kb.store.rows import make_claim
from kb.tables import Claim, Judgement, Sighting, Source
from tests.dumps import dump
from tests.processes import kill_kb_when, run_kb

SCOUT, LLAMA = "meta/llama-4-scout", "meta/llama-4"
INVENTED = (
    (SCOUT, "hardware_fit", "fits on one H100 GPU", {}),
    (SCOUT, "hardware_fit", "runs on 2 NVIDIA H100", {}),
    (SCOUT, "hardware_fit", "does not run on a single NVIDIA H100", {}),
    (SCOUT, "context_length", "over 10 million tokens", {}),
    (SCOUT, "context_length", "10,485,760 tokens", {}),
    (SCOUT, "benchmark_score", "74.3", {"metric": "MMLU Pro", "unit": "percent"}),
    (LLAMA, "license", "open-source", {}),
    (LLAMA, "license", "isn't open source", {}),
    (LLAMA, "license", "not open source", {}),
    (LLAMA, "throughput", "quicker and less expensive through mixture-of-experts", {}),
)


def insert_invented(url):
    """A page that says some founding claims in other words, and some that come near."""
    with open_session(url) as session:
        source = make_row(
            Source, id="src_other", url="https://other.example/", publisher="Other", kind="press"
        )
        rows = [source]
        for number, (model_id, kind, claimed, more) in enumerate(INVENTED):
            draft = ClaimDraft.model_validate(
                {"type": kind, "claimed": claimed, "said_by": "Other",
                 "sightings": [{"source": "other"}], **more}
            )  # fmt: skip
            claim = make_claim(draft, "Llama 4", model_id)
            sighting = make_row(
                Sighting, id=f"sgt_{number}", claim_id=claim.id, source_id=source.id,
                quote=claimed, said_by="Other", extractor="test/1",
            )  # fmt: skip
            rows += [claim, sighting]
        insert_once(session, sorted(rows, key=lambda row: isinstance(row, Sighting)))
        session.commit()


@pytest.fixture
def base(settings, records):
    run_load(settings, records)
    insert_invented(settings.url)
    return settings


@pytest.fixture
def linked(base, encoder):
    with open_session(base.url) as session:
        link_claims(session, encoder)
    return base


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
    hardware = views["S02"]
    assert len(hardware["merged_from"]) == 1
    assert {"https://other.example/"} < {
        sighting["source_url"] for sighting in hardware["sightings"]
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
        other = ids_by_text(session)["fits on one H100 GPU"]
    claim = read_claim(edition, other)
    assert claim["seed"] == "S02"
    assert claim == read_claim(edition, "s02")
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
        (lambda s: insert_persons_judgement(s, "S01", "S01", Likeness.SAME, "A", "b"), "one claim"),
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


def insert_many_scores(url):
    """Enough claims that linking commits several times."""
    spellings = ("T{n} (5-shot)", "T{n}, 5-shot", "5-shot T{n}", "t{n}_5_shot", "T{n} 5-shot test")
    with open_session(url) as session:
        rows = {}
        for n, spelling in product(range(1500), spellings):
            draft = ClaimDraft(
                type="benchmark_score", claimed=f"{n % 90}.5", unit="percent", said_by="Other",
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
        return len(session.exec(select(Judgement.id)).all())


def test_the_command(base):
    done = run_kb(base, "link", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["groups"] == 6
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
