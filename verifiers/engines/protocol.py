"""What a runner asks of an engine."""

from dataclasses import dataclass, field
from typing import Protocol

from kb.domain.errors import UserError


class EngineError(UserError):
    """The engine did not start, died, or answered what no engine should."""


class EngineLostError(EngineError):
    """The engine is gone or silent; a new one may be asked the same again."""


class EngineDiedError(EngineLostError):
    """The engine's process has ended."""


@dataclass(frozen=True)
class Completion:
    """A greedy completion of a prompt of token ids."""

    text: str
    prompt_tokens: int
    finish_reason: str | None


@dataclass(frozen=True)
class EngineFacts:
    """What serves, on what, how. `cache_tokens` is how much it can hold at once, if it says so."""

    engine: str
    version: str | None
    hardware: str
    dtype: str | None
    window_tokens: int
    settings: dict[str, object] = field(default_factory=dict)
    cache_tokens: int | None = None


class Engine(Protocol):
    """Serves one model."""

    @property
    def facts(self) -> EngineFacts:
        """What serves, on what, how."""

    def complete(
        self, prompt: tuple[int, ...], max_tokens: int, stop: tuple[str, ...] = ()
    ) -> Completion:
        """Return the greedy completion; raise EngineError rather than cut anything.

        Several threads may call it at once.
        """

    def score(self, prompt: tuple[int, ...], first: int = 1) -> float:
        """Return the summed natural log probability of the tokens from the `first` on."""

    def count_tokens(self, text: str) -> int:
        """Return how many tokens the engine's own tokenizer makes of a text."""
