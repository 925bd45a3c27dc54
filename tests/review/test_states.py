"""What machines read is shown once it is reviewed; decisions outlive readers and snapshots."""

import duckdb
import pytest
from sqlmodel import select

from kb.cli.commands.pipeline.judge import run_judge
from kb.cli.commands.pipeline.publish import run_publish
from kb.domain.found import Extraction
from kb.linking.mended_readings import Mending
from kb.store.claims.views import read_claim_views
from kb.store.database import open_session
from kb.store.reads import read_cases
from kb.tables import ReviewDecision
from tests.reviewing import NOW, URL, accept_all, decide_on, put, read, read_waiting

CARD = """# Toy 2

Toy 2 has a context window of 128K tokens.

Toy 2 has 7 billion parameters.
"""


@pytest.fixture
def card(settings):
    put(settings, CARD)
    read(settings)
    return settings


def publish(settings, query):
    run_judge(settings)
    with duckdb.connect(str(run_publish(settings).file), read_only=True) as base:
        return base.sql(query).fetchall()


def list_claims(settings):
    """Claims as `kb claims` lists them, and as the published file does; they must agree."""
    run_judge(settings)
    with open_session(settings.url) as session:
        views = read_claim_views(session)
    shown = sorted((view["type"], view["claimed_text"], view["model"]) for view in views)
    query = "select claim_type, claimed_text, model_id from claims_vs_reality"
    assert sorted(publish(settings, query)) == shown
    return shown


WINDOW = ("context_length", "128K tokens", "toys/toy-2")
SIZE = ("params_total", "7 billion parameters", "toys/toy-2")


def is_window(reading):
    return reading.said.kind == "context_length"


def is_size(reading):
    return reading.said.kind == "params_total"


def test_nothing_is_shown_before_it_is_reviewed(card):
    assert [reading.claimed for reading in read_waiting(card)] == ["128K tokens", SIZE[1]]
    assert list_claims(card) == []
    with open_session(card.url) as session:
        assert list(read_cases(session, NOW.date())) == []
    tables = ("claim", "sighting", "verdict", "model", "claim_history", "claim_meaning")
    for table in tables:
        assert publish(card, f"select count(*) from {table}") == [(0,)], table
    waiting = publish(
        card, "select model, kind, claimed_text, quote, source_url from unreviewed_reading"
    )
    assert sorted(row[1:3] for row in waiting) == [WINDOW[:2], SIZE[:2]]
    assert {row[4] for row in waiting} == {URL}


def test_what_is_accepted_is_shown_and_judged_and_what_is_rejected_is_gone(card):
    decide_on(card, "accepted", find=is_window)
    decide_on(card, "rejected", find=is_size)
    assert list_claims(card) == [WINDOW]
    assert read_waiting(card) == []
    with duckdb.connect(str(card.home / "published.duckdb"), read_only=True) as base:
        tables = [row[0] for row in base.sql("select table_name from duckdb_tables()").fetchall()]
        telling = [
            name
            for name in tables
            if "7 billion parameters" in str(base.sql(f'select * from "{name}"').fetchall())
        ]
        states = base.sql("select review->>'state' from sighting").fetchall()
    assert telling == ["review_decision"]
    assert states == [("accepted",)]


def test_a_decision_outlives_a_later_reader_and_shifted_text(card):
    decide_on(card, "accepted", find=is_window)
    decide_on(card, "rejected", find=is_size)
    read(card, later=1)
    assert (list_claims(card), read_waiting(card)) == ([WINDOW], [])
    put(card, "A new first line.\n\n" * 40 + CARD, day=1)
    read(card, later=1)
    read(card, later=2)
    assert (list_claims(card), read_waiting(card)) == ([WINDOW], [])


def test_other_words_around_a_quote_are_looked_at_again(card):
    accept_all(card)
    put(card, CARD.replace("Toy 2 has a context", "It is wrong that Toy 2 has a context"), day=1)
    read(card)
    assert [reading.claimed for reading in read_waiting(card)] == ["128K tokens"]
    assert WINDOW in list_claims(card), "the older snapshot still says it, reviewed"
    told = publish(card, "select fate from claim_history order by all")
    assert told == [("stands",), ("stands",)], "an unreviewed sighting withdraws nothing"


def test_a_mended_reading_shows_what_the_words_say(card):
    mending = Mending(model="Toy 2 Mini", vendor="Toys", claimed="8K tokens")
    decide_on(card, "mended", find=is_window, mending=mending)
    mended = ("context_length", "8K tokens", "toys/toy-2-mini")
    assert list_claims(card) == [mended]
    with open_session(card.url) as session:
        (view,) = read_claim_views(session)
    review = view["sightings"][0]["review"]
    assert (review["state"], review["author"], review["reason"]) == ("mended", "Ada", "checked")
    assert review["said"]["claimed"] == "128K tokens"
    read(card, later=1)
    assert list_claims(card) == [mended], "the wrong reading, made again, is mended again"


def test_a_reader_that_now_says_what_it_was_mended_to_is_accepted(card):
    decide_on(card, "mended", find=is_window, mending=Mending(type="output_length"))

    def better(document):
        from crawlers.sources.source import EXTRACTORS

        found = EXTRACTORS["web_page"].read(document)
        claims = [
            claim.model_copy(update={"claim_type": "output_length"})
            if claim.claim_type == "context_length"
            else claim
            for claim in found.claims
        ]
        return found.model_copy(update={"claims": claims})

    read(card, later=1, reader=better)
    assert list_claims(card) == [("output_length", "128K tokens", "toys/toy-2")]
    assert [is_size(reading) for reading in read_waiting(card)] == [True]


def test_an_accepted_reading_under_other_conditions_waits_and_can_be_accepted(card):
    """Another reader finds a condition beside the figure: nobody has said that this is so."""
    from crawlers.sources.source import EXTRACTORS
    from kb.domain.drafts import Conditions

    def strict(document):
        found = EXTRACTORS["web_page"].read(document)
        held = Conditions(precision="fp8")
        claims = [claim.model_copy(update={"conditions": held}) for claim in found.claims]
        return found.model_copy(update={"claims": claims})

    decide_on(card, "accepted", find=is_window)
    decide_on(card, "rejected", find=is_size)
    read(card, later=1, reader=strict)
    assert [is_window(reading) for reading in read_waiting(card)] == [True], "the rejected is gone"
    assert decide_on(card, "accepted", find=is_window) == 1
    assert (read_waiting(card), list_claims(card)) == ([], [WINDOW])


def test_a_later_decision_supersedes_and_none_is_lost(card):
    assert decide_on(card, "accepted", find=is_window) == 1
    assert decide_on(card, "accepted", find=is_window) == 0
    assert decide_on(card, "rejected", find=is_window, by="Bob") == 1
    assert list_claims(card) == []
    assert decide_on(card, "withdrawn", find=is_window) == 1
    assert is_window(read_waiting(card)[0])
    with open_session(card.url) as session:
        rows = session.exec(select(ReviewDecision)).all()
    assert sorted(row.decision for row in rows) == ["accepted", "rejected", "withdrawn"]
    assert len({row.supersedes_id for row in rows}) == 3


def test_a_reader_that_finds_nothing_any_more_shows_nothing(card):
    accept_all(card)
    read(card, later=1, reader=lambda document: Extraction())
    assert list_claims(card) == []


def test_wrong_mendings_are_refused_and_change_nothing(card):
    from kb.domain.errors import UserError

    for mending, words in (
        (Mending(), "nothing is mended"),
        (Mending(model="Nobody's 9"), "vendor"),
        (Mending(claimed="very long"), "cannot be claimed"),
        (Mending(claimed="128K tokens"), "accept it"),
    ):
        with pytest.raises(UserError, match=words):
            decide_on(card, "mended", find=is_window, mending=mending)
    assert len(read_waiting(card)) == 2
