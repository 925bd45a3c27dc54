"""Ratings of toy models on one board, for tests."""

from dataclasses import replace
from datetime import date

from kb.domain.drafts import Availability, Conditions
from kb.domain.outcomes import Basis
from kb.rules.case import Case, ReleaseFact, Subject
from tests.rules.examples import claim, evidence

RELEASE = ReleaseFact("toys/Toy-2", date(2025, 4, 5))
PLAIN = Subject("t/toy-2", "Toy 2", "Toys", Availability.RELEASED, releases=(RELEASE,))
TRIAL = Subject("t/toy-2-x", "Toy-2-03-26-Experimental", "Toys", Availability.UNKNOWN, PLAIN.id)
NEVER = replace(TRIAL, availability=Availability.NEVER_RELEASED)
BOARD = Conditions(board="LMArena")


def rate(number, model, value, half=10, day="2025-04-11", **more):
    values = {
        "id": f"mea_{number}", "model": model, "n": 1000, "n_unit": "votes", "conditions": BOARD,
        "reported_by": "LMArena", "as_of": day,
    } | more  # fmt: skip
    return evidence("elo", value, value - half, value + half, Basis.REPORTED_BY_OTHERS, **values)


def without_interval(rating):
    return replace(rating, low=None, high=None)


def make_case(*found, value=1400.0, kind="elo", said_on=None, subject=PLAIN, board=BOARD):
    said = claim(kind, value, "elo", conditions=board, said_on=said_on)
    family = tuple({rating.model.id: rating.model for rating in found}.values())
    return Case(said, subject, family, found)
