"""What a judge hands back, and what every judge is."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class AnswerPair:
    """A prompt with two answers to it."""

    prompt: str
    checks: tuple[str, ...]
    first: str
    second: str


@dataclass(frozen=True)
class Decided:
    """The score of the first answer (1, 0.5, 0; None if there is no verdict), and the words."""

    score: float | None
    verdicts: tuple[str, ...]


class Judge(Protocol):
    """Decides battles; `label` is its name and version."""

    @property
    def label(self) -> str:
        """The judge as it is cited."""

    def decide(self, pair: AnswerPair) -> Decided:
        """Return who answered better."""
