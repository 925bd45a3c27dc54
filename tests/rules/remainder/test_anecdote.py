"""Single experiences."""

import pytest

from kb.domain.outcomes import Basis, Outcome
from kb.rules.case import Case
from kb.rules.remainder.anecdote import RULE
from tests.rules.examples import TOY, Example, check, claim, evidence, judge

SUMMARIES = claim("task_quality", None, None)
TOLD = evidence(
    "task_quality", text="the summary looped", basis=Basis.REPORTED_BY_OTHERS, reported_by="A. User"
)
EXAMPLES = {
    "one case": Example(
        Case(SUMMARIES, TOY, evidence=(TOLD,)), Outcome.INCONCLUSIVE,
        "One case proves nothing. On record: the summary looped (reported by A. User).",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", EXAMPLES)
def test_anecdote(name):
    check(RULE, EXAMPLES[name])


def test_a_figure_is_no_anecdote():
    counted = evidence("task_quality", 0.5)
    assert judge(Case(SUMMARIES, TOY, evidence=(counted,))).rule == "untested/1"
