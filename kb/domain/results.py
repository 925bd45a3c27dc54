"""What probes hand back: answers to questions, and results."""

import hashlib
from dataclasses import dataclass, field

from kb.domain.drafts import Conditions
from kb.domain.outcomes import Basis


@dataclass(frozen=True)
class Question:
    """One question of a plan; `item` names it within the plan, `depth` runs from 0 to 1."""

    item: str
    context_tokens: int
    depth: float
    prompt: tuple[int, ...]
    expected: str
    max_tokens: int
    stop: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """A raw answer, with what is needed to judge it."""

    item: str
    context_tokens: int
    prompt_tokens: int
    correct: bool


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
    """Return a figure read off a release: no interval, since nothing was sampled."""
    return Result(
        metric, Basis.READ_FROM_RELEASE, value, value, value, unit=unit, n=n, n_unit=n_unit
    )
