"""A rule, what it finds, and what its sentence is made from."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from kb.domain.outcomes import Basis, Outcome
from kb.rules.case import Case, ClaimFact, Evidence


@dataclass(frozen=True)
class Finding:
    """A verdict before it is stored, as data: no word of its sentence is in it.

    `evidence` has the weightiest first. `numbers` are its figures; `facts` is what else the
    sentence needs and neither claim nor evidence tells. Both hold nothing but what JSON can.
    """

    outcome: Outcome
    evidence: tuple[Evidence, ...] = ()
    numbers: dict[str, Any] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    rests_on: Basis | None = None

    @property
    def basis(self) -> Basis:
        """The strongest basis among the evidence, or the one that was named."""
        if self.rests_on is not None:
            return self.rests_on
        present = {result.basis for result in self.evidence}
        return next((basis for basis in Basis if basis in present), Basis.NONE)


@dataclass(frozen=True)
class VerdictFact:
    """All that the sentence of a verdict is made from; `model` is the name of its subject."""

    claim: ClaimFact
    model: str
    rule: str
    outcome: Outcome
    numbers: dict[str, Any] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()

    def of_metric(self, *metrics: str) -> tuple[Evidence, ...]:
        """The evidence of these metrics, the weightiest first."""
        return tuple(result for result in self.evidence if result.metric in metrics)


@dataclass(frozen=True)
class Rule:
    """A named, versioned rule; `judge` returns None where it has nothing to say.

    Rules are tried by `order`. `plain` says how it judges, `would_change` what evidence would lead
    to another outcome. `say` makes the sentence of its verdicts. `version` goes up when it judges
    otherwise, `words_version` when it only says the same in other words.
    """

    name: str
    version: int
    order: int
    plain: str
    would_change: str
    judge: Callable[[Case], Finding | None]
    say: Callable[[VerdictFact], str]
    words_version: int = 1

    @property
    def label(self) -> str:
        """The rule as it is cited, name/version."""
        return f"{self.name}/{self.version}"


def keep_known(**figures: Any) -> dict[str, Any]:
    """Return the figures that are known."""
    return {name: figure for name, figure in figures.items() if figure is not None}
