"""What probes hand back: answers to questions, and results."""

import hashlib
from dataclasses import dataclass, field

from kb.domain.drafts import Conditions
from kb.domain.outcomes import Basis


@dataclass(frozen=True)
class EngineQuestion:
    """One question put to an engine; `item` names it within its plan.

    `context_tokens` is the length aimed at, for questions about a text that fills a length;
    `depth` is the place of the answer in that text, 0 to 1, None where it lies in several.
    `expected` is what a right answer holds, for questions that have one.
    """

    item: str
    task: str
    prompt: tuple[int, ...]
    max_tokens: int
    expected: tuple[str, ...] | None = None
    context_tokens: int | None = None
    depth: float | None = None

    @property
    def total_tokens(self) -> int:
        """Tokens of prompt and answer that an engine must hold."""
        return self.context_tokens or len(self.prompt) + self.max_tokens


@dataclass(frozen=True)
class RawAnswer:
    """What a model wrote, unedited, with what scoring it may need to know of the question."""

    item: str
    task: str
    text: str
    prompt_tokens: int
    expected: tuple[str, ...] | None = None
    context_tokens: int | None = None
    finish_reason: str | None = None


@dataclass(frozen=True)
class ScoredAnswer:
    """A raw answer with its score, 0 to 1, and the name and version of the scorer."""

    raw: RawAnswer
    scorer: str
    score: float


@dataclass(frozen=True)
class Result:
    """One figure. An exact one has low = high = value; `n` counts `n_unit`."""

    metric: str
    basis: Basis
    value: float | None = None
    low: float | None = None
    high: float | None = None
    text: str | None = None
    unit: str | None = None
    n: int | None = None
    n_unit: str | None = None
    conditions: Conditions = field(default_factory=Conditions)


def compute_prompt_sha256(prompt: tuple[int, ...]) -> str:
    """Return the SHA-256 of a prompt: its token ids in decimal, joined by commas."""
    return hashlib.sha256(",".join(map(str, prompt)).encode()).hexdigest()


def make_exact(metric: str, value: float, unit: str, n: int, n_unit: str) -> Result:
    """Return a figure read from a release: no interval, since nothing was sampled."""
    return Result(
        metric, Basis.READ_FROM_RELEASE, value, value, value, unit=unit, n=n, n_unit=n_unit
    )
