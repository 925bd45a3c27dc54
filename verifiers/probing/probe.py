"""What a probe is: how it is planned, run, scored again, and described to readers."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kb.domain.errors import UserError
from kb.domain.results import RawAnswer, Result, ScoredAnswer
from verifiers.probing.claim_under_test import ClaimUnderTest, EnvironmentFacts, Parameters
from verifiers.sequential.ladder import Mode

if TYPE_CHECKING:  # a replay loads probes where nothing that speaks to engines is installed
    from verifiers.probing.context import ProbeContext


@dataclass(frozen=True)
class Effort:
    """How much a run may ask, and how it decides.

    `budget_tokens` None means as the profile says.
    """

    profile: str = "quick"
    mode: Mode = Mode.ANYTIME
    alpha: float = 0.05
    budget_tokens: int | None = None


@dataclass(frozen=True)
class Findings:
    """What a probe found, and the engine and machine it found it on."""

    environment: EnvironmentFacts
    results: list[Result]


@dataclass(frozen=True)
class RecordedRun:
    """A run on record: what was planned, every answer by item, and the windows served."""

    parameters: Parameters
    answers: Mapping[str, ScoredAnswer]
    served_windows: Sequence[int]


class Probe(ABC):
    """One test. A probe is a file in `verifiers/probes`, named after it, that holds a `PROBE`.

    `place` orders the probes of one claim, lowest first. `scorer` is the name and version of what
    `score` does; None where results do not come from raw answers, so that a replay takes them as
    recorded. `unscored_metrics` are results that no answer leads to.
    """

    name: str
    version: int = 1
    label: str  # for readers, in a few words
    about: str  # for readers, on the method page; an empty line between paragraphs
    claim_types: tuple[str, ...] = ()
    smallest_claim: float = 0.0
    needs_engine: bool = True
    place: int = 50
    scorer: str | None = None
    unscored_metrics: frozenset[str] = frozenset()

    def can_test(self, claim: ClaimUnderTest) -> bool:
        """Whether the probe can test the claim."""
        is_large_enough = (claim.claimed_value or 0.0) >= self.smallest_claim
        return claim.claim_type in self.claim_types and is_large_enough

    @abstractmethod
    def make_parameters(self, claim: ClaimUnderTest, effort: Effort) -> dict[str, Any]:
        """Return all that the run needs to know; a plan's id is made from it."""

    @abstractmethod
    def run(self, context: "ProbeContext") -> Findings:
        """Carry out a plan.

        Raises OutOfTimeError when time is over, and UserError for what cannot be measured; answers
        that were stored are there when the plan is run again.
        """

    @abstractmethod
    def describe_plan(self, parameters: Parameters, asked: int) -> str:
        """Say in a sentence or two how a claim was tested, with `asked` questions on record."""

    def score(self, answer: RawAnswer) -> float:
        """Return the score of one answer, 0 to 1."""
        raise UserError(f"the probe {self.name} scores no answers")

    def make_results(self, run: RecordedRun) -> list[Result]:
        """Return the results that follow from the answers on record, without an engine."""
        raise UserError(f"the results of the probe {self.name} do not come from raw answers")
