"""Single experiences."""

import pytest

from kb.domain.outcomes import Basis, EvidenceKind, Outcome
from kb.rules.case import Case
from kb.rules.remainder.anecdote import RULE
from tests.rules.examples import TOY, Example, check, claim, evidence, judge

SUMMARIES = claim("task_quality", None, None)
TOLD = evidence(
    "task_quality", text="the summary looped", basis=Basis.REPORTED_BY_OTHERS, reported_by="A. User"
)
OTHER = evidence(
    "task_quality", text="another was short and right", basis=Basis.REPORTED_BY_OTHERS,
    reported_by="A. User", kind=EvidenceKind.RUN, as_of="2025-04-05", id="mea_z",
)  # fmt: skip
EXAMPLES = {
    "one case": Example(
        Case(SUMMARIES, TOY, evidence=(TOLD,)), Outcome.INCONCLUSIVE,
        "One case proves nothing. On record: the summary looped (reported by A. User).",
    ),
    "two cases, for and against": Example(
        Case(SUMMARIES, TOY, evidence=(TOLD, OTHER)), Outcome.INCONCLUSIVE,
        "Single cases prove nothing. On record: another was short and right (run by A. User, "
        "5 April 2025); the summary looped (reported by A. User).",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", EXAMPLES)
def test_anecdote(name):
    check(RULE, EXAMPLES[name])


def test_a_figure_is_no_anecdote():
    counted = evidence("task_quality", 0.5)
    assert judge(Case(SUMMARIES, TOY, evidence=(counted,))).rule == "untested/2"
