"""`kb review accept-by-rule` in a base: what it accepts is shown for as long as it may."""

import json

from sqlmodel import select

from kb.domain.found import Extraction, FoundClaim
from kb.store.claims.views import read_claim_views
from kb.store.database import open_session
from kb.tables import ReviewDecision
from tests.processes import run_kb
from tests.reviewing import decide_on, put, read, read_waiting

N = 305


def read_lines(document):
    """A reader that takes each line for a claim of Toy 2."""
    claims, at = [], 0
    for line in document.text.splitlines():
        claims.append(
            FoundClaim(
                quote=line, locator="text", start=at, end=at + len(line), subject="Toy 2",
                vendor="Toys", claim_type="context_length",
                claimed_text=f"{line.split()[0]} tokens",
            )
        )  # fmt: skip
        at += len(line) + 1
    return Extraction(claims=claims)


def number(reading):
    return int(reading.said.figure)


def test_a_kind_that_is_nearly_never_wrong_is_accepted_for_as_long_as_it_is(settings):
    put(settings, "\n".join(f"{1000 + n} is how many tokens fit" for n in range(N)))
    read(settings, reader=read_lines)
    assert len(read_waiting(settings)) == N
    decide_on(settings, "accepted", find=lambda reading: number(reading) < 1299)
    done = run_kb(settings, "review", "accept-by-rule", "--json")
    assert json.loads(done.stdout) == [], "299 are too few"
    decide_on(settings, "accepted", find=lambda reading: number(reading) == 1299)
    done = run_kb(settings, "review", "accept-by-rule", "--json")
    assert [kind["accepted"] for kind in json.loads(done.stdout)] == [5], done.stderr
    assert read_waiting(settings) == []
    with open_session(settings.url) as session:
        assert len(read_claim_views(session)) == N
        rule = select(ReviewDecision).where(ReviewDecision.author == "rule:precision/1")
        rows = session.exec(rule).all()
    assert len(rows) == 5
    assert all("300 of 300" in row.reason and "99.01%" in row.reason for row in rows)
    assert json.loads(run_kb(settings, "review", "accept-by-rule", "--json").stdout) == []

    decide_on(settings, "rejected", find=lambda reading: number(reading) == 1300)
    assert sorted(map(number, read_waiting(settings))) == [1301, 1302, 1303, 1304]
    (kind,) = json.loads(run_kb(settings, "review", "precision", "--json").stdout)
    assert (kind["right"], kind["n"], kind["may_be_accepted_by_rule"]) == (300, 301, False)
    with open_session(settings.url) as session:
        assert len(read_claim_views(session)) == 300
