"""What a runner asks of an engine."""

from dataclasses import dataclass, field
from typing import Protocol

from kb.domain.errors import UserError


class EngineError(UserError):
    """The engine did not start, died, or answered what no engine should."""


@dataclass(frozen=True)
class Completion:
    """A greedy completion of a prompt of token ids."""

    text: str
    prompt_tokens: int
    finish_reason: str | None


@dataclass(frozen=True)
class EngineFacts:
    """What serves, on what, how."""

    engine: str
    version: str | None
    hardware: str
    dtype: str | None
    window_tokens: int
    settings: dict[str, object] = field(default_factory=dict)


class Engine(Protocol):
    """Serves one model."""

    @property
    def facts(self) -> EngineFacts:
        """What serves, on what, how."""

    def complete(
        self, prompt: tuple[int, ...], max_tokens: int, stop: tuple[str, ...] = ()
    ) -> Completion:
        """Return the greedy completion; raise EngineError rather than cut anything."""

    def score(self, prompt: tuple[int, ...]) -> float:
        """Return the summed natural log probability of all tokens but the first."""
