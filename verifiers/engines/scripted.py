"""A scripted engine, for unit tests of logic alone."""

from collections.abc import Callable

from verifiers.engines.protocol import Completion, EngineFacts


class ScriptedEngine:
    """Answers with a function of the prompt."""

    def __init__(
        self, answer: Callable[[tuple[int, ...]], str], window_tokens: int, logprob: float = -1.0
    ) -> None:
        self.answer = answer
        self.logprob = logprob
        self.asked = 0
        self.facts = EngineFacts("scripted", "1", "none", None, window_tokens)

    def complete(
        self, prompt: tuple[int, ...], max_tokens: int, stop: tuple[str, ...] = ()
    ) -> Completion:
        """Return the scripted answer."""
        self.asked += 1
        return Completion(self.answer(prompt), len(prompt), "stop")

    def score(self, prompt: tuple[int, ...], first: int = 1) -> float:
        """Return the scripted log probability for each token from `first` on."""
        return self.logprob * (len(prompt) - first)

    def count_tokens(self, text: str) -> int:
        """Count words."""
        return len(text.split())
