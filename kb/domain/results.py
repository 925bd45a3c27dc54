"""What probes hand back: answers to questions, and results."""

import hashlib
from dataclasses import dataclass, field

from kb.domain.drafts import Conditions
from kb.domain.outcomes import Basis


@dataclass(frozen=True)
class Question:
    """One question of a plan, made by a task; `item` names it within the plan.

    `depth` is the place of the answer in the text, 0 to 1; None where it lies in several.
    """

    item: str
    task: str
    context_tokens: int
    depth: float | None
    prompt: tuple[int, ...]
    expected: tuple[str, ...]
    max_tokens: int


@dataclass(frozen=True)
class Scored:
    """A raw answer with its score, 0 to 1, and the name and version of the scorer."""

    text: str
    scorer: str
    score: float
    finish_reason: str | None


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
