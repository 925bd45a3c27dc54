"""Comparisons that name no leaderboard."""

from dataclasses import replace

import pytest

from kb.domain.drafts import Conditions
from kb.domain.outcomes import Basis, EvidenceKind, Outcome
from kb.rules.case import Case
from kb.rules.ratings.comparison import RULE
from tests.rules.examples import TOY, Example, check, claim, evidence, outcome, say
from tests.rules.ratings.boards import rate

LORRY = replace(TOY, id="l/lorry", name="Lorry", vendor="Lorries")
POLYGLOT = "Polyglot"


def solved(model, value, n=225, benchmark=POLYGLOT, **more):
    values = {
        "basis": Basis.REPORTED_BY_OTHERS, "reported_by": "A. Tester", "as_of": "2025-04-06",
        "kind": EvidenceKind.RUN, "unit": "percent", "n": n, "n_unit": "tasks",
        "conditions": Conditions(benchmark=benchmark), "id": f"mea_{model.name}_{benchmark}",
    } | more  # fmt: skip
    return evidence("polyglot", value, model=model, **values)


def compared(own, rivals, benchmark=None, text="codes better than Lorry"):
    said = Conditions(compared_to=["Lorry"], benchmark=benchmark)
    return Case(
        claim("benchmark_comparison", None, None, text, conditions=said), TOY, evidence=own,
        compared=(("Lorry", LORRY),), rival_evidence=rivals,
    )  # fmt: skip


def card(model, value, test):
    return solved(
        model, value, None, test, unit="score", basis=Basis.STATED_BY_VENDOR,
        kind=EvidenceKind.DECLARED,
    )  # fmt: skip


BY = "measured by A. Tester, 6 April 2025"
CLOSE = (
    f"On Polyglot: Toy 15.6% of 225 tasks (interval 11.4 to 20.9; {BY}); Lorry 20.9% of 225 tasks "
    f"(interval 16.1 to 26.7; {BY})."
)
FAR = (
    f"On Polyglot: Toy 15.6% of 225 tasks (interval 11.4 to 20.9; {BY}); Lorry 40% of 225 tasks "
    f"(interval 33.8 to 46.5; {BY})."
)
OPEN = "It is open: the words of the claim name no test, and no single test decides it."
APART = "Other kinds of test do not decide it."
EXAMPLES = {
    "no test is named": Example(
        compared((solved(TOY, 15.6),), (solved(LORRY, 20.9),)), Outcome.INCONCLUSIVE,
        f"{OPEN} {CLOSE}",
    ),
    "no test is named, however far apart": Example(
        compared((solved(TOY, 15.6),), (solved(LORRY, 40.0),)), Outcome.INCONCLUSIVE,
        f"{OPEN} {FAR}",
    ),
    "on terms that the record tells": Example(
        compared(
            (solved(TOY, 15.6, conditions=Conditions(benchmark=POLYGLOT, note="Format: whole")),),
            (solved(LORRY, 20.9),),
        ),
        Outcome.INCONCLUSIVE,
        f"{OPEN} {CLOSE} Format: whole.",
    ),
    "and a board that rates the model alone": Example(
        compared(
            (solved(TOY, 15.6), replace(rate(1, TOY, 49), metric="index", unit="points",
                                        conditions=Conditions(board="The Index"))),
            (solved(LORRY, 20.9),),
        ),
        Outcome.INCONCLUSIVE,
        f"{OPEN} {CLOSE} On record for Toy alone: 49 points on The Index (reported by LMArena, 11 "
        "April 2025).",
    ),
    "ratings of one day": Example(
        compared(
            (rate(1, TOY, 1300), rate(2, TOY, 1320, day="2025-08-04")), (rate(3, LORRY, 1350),)
        ),
        Outcome.INCONCLUSIVE,
        f"{OPEN} On LMArena, which counts whose answers people prefer, on 11 April 2025: Toy 1,300 "
        "(interval 1,290 to 1,310; reported by LMArena); Lorry 1,350 (interval 1,340 to 1,360; "
        "reported by LMArena).",
    ),
    "behind on the named test": Example(
        compared((solved(TOY, 15.6),), (solved(LORRY, 40.0),), POLYGLOT), Outcome.REFUTED,
        f"Toy is not ahead of Lorry on the named test. {FAR}",
    ),
    "ahead on the named test": Example(
        compared((solved(TOY, 40.0),), (solved(LORRY, 15.6),), POLYGLOT), Outcome.SUPPORTED,
        "Toy is ahead of Lorry on the named test. On Polyglot: Toy 40% of 225 tasks (interval 33.8 "
        f"to 46.5; {BY}); Lorry 15.6% of 225 tasks (interval 11.4 to 20.9; {BY}).",
    ),
    "too close to call on the named test": Example(
        compared((solved(TOY, 15.6),), (solved(LORRY, 20.9),), POLYGLOT), Outcome.INCONCLUSIVE,
        f"Too close to call on the named test. {CLOSE}",
    ),
    "on another test than the named one": Example(
        compared((solved(TOY, 15.6),), (solved(LORRY, 20.9),), "Another"), Outcome.UNTESTED,
        "Results of all these models on Another are not on record, and so nothing decides this "
        f"claim. {APART} {CLOSE}",
    ),
    "the model's own figure on the named test, and another test": Example(
        compared(
            (solved(TOY, 15.6), replace(rate(1, TOY, 49), metric="index", unit="points",
                                        conditions=Conditions(board="The Index"))),
            (solved(LORRY, 20.9),), "The Index",
        ),
        Outcome.UNTESTED,
        "Results of all these models on The Index are not on record, and so nothing decides this "
        "claim. On record for Toy alone: 49 points on The Index (reported by LMArena, 11 April "
        f"2025). {APART} {CLOSE}",
    ),
    "by the vendor's own figures": Example(
        compared(
            (card(TOY, 0.904, "English"), card(TOY, 0.564, "Hindi"), card(TOY, 0.9, "Thai")),
            (card(LORRY, 0.899, "English"), card(LORRY, 0.68, "Hindi"), card(LORRY, 0.9, "Thai")),
        ),
        Outcome.INCONCLUSIVE,
        "It is open. By Toys's own figures Toy is ahead of or level with Lorry in 2 of 3 tests and "
        "behind in 1, most in “Hindi”, 0.564 against 0.68. They come without an interval, and no "
        "independent run is on record.",
    ),
    "by the vendor's own figures, behind in none": Example(
        compared((card(TOY, 0.904, "English"),), (card(LORRY, 0.899, "English"),)),
        Outcome.INCONCLUSIVE,
        "It is open. By Toys's own figures Toy is ahead of or level with Lorry in 1 of 1 tests and "
        "behind in none. They come without an interval, and no independent run is on record.",
    ),
}  # fmt: skip
FURTHER_CASES = {
    "lengths, which are no test": compared(
        (solved(TOY, 1000, conditions=Conditions(rule="NoLiMa")),),
        (solved(LORRY, 2000, conditions=Conditions(rule="ours")),),
    ),
    "the rival was given another test": compared(
        (solved(TOY, 15.6),), (solved(LORRY, 20.9, benchmark="Other"),)
    ),
    "models of one name": replace(
        compared((card(TOY, 30.0, "MMMU"),), (card(replace(LORRY, name=TOY.name), 20.0, "MMMU"),)),
        compared=(("Toy", replace(LORRY, name=TOY.name)),),
    ),
    "results without a day or an interval": compared(
        (solved(TOY, 15.6, None),), (solved(LORRY, 20.9, None, as_of=None),), POLYGLOT
    ),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_comparison(name):
    check(RULE, EXAMPLES[name])


def test_ratings_of_two_days_are_not_compared():
    case = compared((rate(1, TOY, 1300),), (rate(2, LORRY, 1350, day="2025-08-04"),))
    assert outcome(case) is Outcome.UNTESTED


def test_lengths_by_whatever_rule_are_no_test_of_skill():
    assert outcome(FURTHER_CASES["lengths, which are no test"]) is Outcome.UNTESTED


def test_models_of_one_name_cannot_be_told_apart_in_words():
    case = FURTHER_CASES["models of one name"]
    assert say(case) == "It is open: only the vendor's own figures are on record."
