"""Other words are no other verdict: nothing is superseded, no id changes, bundles stay equal."""

from dataclasses import replace

import pytest
from sqlmodel import select

from kb.bundles.bundle import make_files, parse_bundle
from kb.bundles.making import make_bundle
from kb.cli.commands.pipeline.judge import run_judge
from kb.cli.commands.pipeline.load import run_load
from kb.rules import judging, sentences
from kb.rules.discovery import find_rules
from kb.rules.verdict_ids import make_worded_id
from kb.stages.judge import judge_claims
from kb.store.claims.views import read_claim_views
from kb.store.database import open_session
from kb.store.reads import read_evidence_ids, read_latest_verdicts
from kb.tables import Verdict, VerdictEvidence
from verifiers.replaying.bundles import replay_bundle


@pytest.fixture
def judged(settings, records):
    """A session on a base with the project's records, judged."""
    run_load(settings, records)
    run_judge(settings)
    with open_session(settings.url) as session:
        yield session


@pytest.fixture
def other_words(monkeypatch):
    """Every template says something else, as if somebody had edited it."""

    def edit():
        def say_otherwise(rule):
            return replace(rule, say=lambda verdict: f"In other words: {rule.say(verdict)}")

        rules = tuple(say_otherwise(rule) for rule in find_rules())
        for module in (judging, sentences):
            monkeypatch.setattr(module, "find_rules", lambda: rules)

    return edit


def read_words(session):
    return {view["id"]: view["explanation"] for view in read_claim_views(session)}


def make_one_bundle(session, settings):
    verdict = read_latest_verdicts(session)[find_claim(session, "wrong_artefact")]
    files = make_files(make_bundle(session, settings.archive, verdict), "read me")
    return parse_bundle(files, "x")


def find_claim(session, outcome):
    return session.exec(select(Verdict.claim_id).where(Verdict.outcome == outcome)).first()


def test_other_words_supersede_nothing_and_leave_bundles_equal(judged, settings, other_words):
    before, words = read_latest_verdicts(judged), read_words(judged)
    bundle = make_one_bundle(judged, settings)
    other_words()
    assert judge_claims(judged).new_verdicts == 0
    assert {key: row.id for key, row in read_latest_verdicts(judged).items()} == {
        key: row.id for key, row in before.items()
    }
    assert all("In other words: " in text for text in read_words(judged).values())
    assert read_words(judged).keys() == words.keys()
    replay = replay_bundle(bundle, "x")
    assert replay.differences == ()
    assert replay.sentence.startswith("In other words: ")
    assert make_one_bundle(judged, settings) == bundle


def test_no_sentence_is_stored(judged):
    stored = judged.exec(select(Verdict)).all()
    assert stored
    assert {row.explanation for row in stored} == {None}
    assert None not in [row.facts for row in stored]


def make_older(session):
    """Put the verdicts back as they were while sentences were part of them; return their words."""
    evidence_ids, words = read_evidence_ids(session), read_words(session)
    for row in session.exec(select(Verdict)).all():
        said = words.get(row.claim_id, "As it was said.")
        key = make_worded_id(
            row.claim_id, None, row.rule, row.outcome, row.basis, said,
            evidence_ids.get(row.id, []),
        )  # fmt: skip
        links = session.exec(select(VerdictEvidence).where(VerdictEvidence.verdict_id == row.id))
        older = row.model_dump() | {"id": key, "explanation": f"{said}", "facts": None}
        session.add(Verdict.model_validate(older))
        session.flush()
        for link in links.all():
            moved = link.model_dump() | {"verdict_id": key}
            session.delete(link)
            session.add(VerdictEvidence.model_validate(moved))
        session.flush()
        session.delete(row)
    session.commit()
    return words


def test_verdicts_from_before_keep_their_sentence_until_they_are_judged(
    judged, settings, other_words
):
    words = make_older(judged)
    ids = {row.id for row in judged.exec(select(Verdict))}
    other_words()
    assert read_words(judged) == words
    assert judge_claims(judged).new_verdicts == 0
    assert {row.id for row in judged.exec(select(Verdict))} == ids
    assert None not in [row.facts for row in judged.exec(select(Verdict))]
    assert all("In other words: " in text for text in read_words(judged).values())
    assert judge_claims(judged).new_verdicts == 0
    assert replay_bundle(make_one_bundle(judged, settings), "older").differences == ()


def test_a_verdict_of_a_rule_that_is_gone_keeps_its_sentence_for_ever(judged):
    make_older(judged)
    claim_id = find_claim(judged, "wrong_artefact")
    verdict = read_latest_verdicts(judged)[claim_id]
    verdict.rule = "rating/1"
    verdict.explanation = "As it was said then."
    judged.commit()
    assert read_words(judged)[claim_id] == "As it was said then."
    assert judge_claims(judged).new_verdicts == 1
    assert judged.get_one(Verdict, verdict.id).facts is None


def test_without_a_rule_or_a_stored_sentence_the_outcome_is_put_in_words(judged):
    claim_id = find_claim(judged, "pending")
    read_latest_verdicts(judged)[claim_id].rule = "promise/0"
    judged.commit()
    assert read_words(judged)[claim_id] == (
        "Pending. A promise that is still open. Judged by an earlier rule, promise/0."
    )
