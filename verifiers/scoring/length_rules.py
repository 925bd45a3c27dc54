"""The two rules about how long a text a model still uses, and what their thresholds belong to.

A threshold is made with tasks and a scorer: RULER's 85.6% is what one older model scored on its
thirteen tasks at 4,096 tokens (arXiv 2404.06654, section 4), NoLiMa's 85% is a share of a model's
own score (arXiv 2502.05167, section 4.1). Held against other tasks or another scorer, a number
keeps its look and loses its sense; so all three are one name, and names are compared.
"""

from dataclasses import dataclass

from kb.domain.errors import UserError
from verifiers.scoring import recall

TASKS = "ladder_tasks/1"
ABSOLUTE, RELATIVE = 0.856, 0.85


@dataclass(frozen=True)
class NamedRule:
    """A threshold with the tasks and the scorer that its scores are made with."""

    kind: str
    threshold: float
    tasks: str = TASKS
    scorer: str = recall.NAME

    @property
    def label(self) -> str:
        """The rule as results and verdicts cite it."""
        share = f"{self.threshold * 100:.4g}%"
        words = (
            f"a mean of {share} over thirteen tasks"
            if self.kind == "absolute"
            else f"{share} of its own score on the shortest texts"
        )
        return f"{self.kind}: {words} ({self.tasks}, {self.scorer})"


RULES = (NamedRule("absolute", ABSOLUTE), NamedRule("relative", RELATIVE))


def check_scores(rule: NamedRule, tasks: str, scorer: str) -> None:
    """Raise UserError if scores made with these tasks and scorer can't be held against the rule."""
    for what, wanted, given in (("tasks", rule.tasks, tasks), ("scorer", rule.scorer, scorer)):
        if wanted != given:
            raise UserError(
                f"the {rule.kind} threshold of {rule.threshold:.1%} was made with the {what} "
                f"{wanted}, these scores with {given}; they can't be compared"
            )
