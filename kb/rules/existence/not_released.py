"""The rule about models whose weights nobody can have."""

from kb.domain.drafts import Availability
from kb.domain.outcomes import Outcome
from kb.rules.case import Case
from kb.rules.rule import Finding, Rule, VerdictFact

_RATING = "elo"
_WITHOUT_WEIGHTS = (Availability.ANNOUNCED, Availability.NEVER_RELEASED)


def judge_not_released(case: Case) -> Finding | None:
    """Without weights, nothing that needs weights can be tested."""
    if (
        case.subject.availability not in _WITHOUT_WEIGHTS
        or not case.claim.declared_type.needs_weights
        or _is_rated(case)
    ):
        return None
    return Finding(Outcome.NOT_TESTABLE)


def _is_rated(case: Case) -> bool:
    """Whether a board rates it, which takes no weights."""
    return case.claim.claim_type == _RATING and bool(case.of_own_metric(_RATING))


def say_not_released(verdict: VerdictFact) -> str:
    """That the weights are not out."""
    return (
        f"The weights of {verdict.model} have not been released, so nobody but its vendor can "
        "test this."
    )


RULE = Rule(
    name="not_released",
    version=2,
    order=30,
    plain="A claim that needs weights cannot be tested until the weights are released. A rating "
    "that a leaderboard gives takes no weights.",
    would_change="A release of the weights would make the claim testable.",
    judge=judge_not_released,
    say=say_not_released,
)
