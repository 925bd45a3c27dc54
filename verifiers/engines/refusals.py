"""Why an engine did not serve a window, in its own words: its limit, its memory, or a crash."""

import re
from dataclasses import dataclass
from enum import StrEnum

from verifiers.engines.protocol import EngineError

_MOST_WORDS = 400


class Obstacle(StrEnum):
    """What stood in the way."""

    LIMIT = "engine limit"
    MEMORY = "memory arithmetic"
    CRASH = "crash"


@dataclass(frozen=True)
class Refusal:
    """A window that was not served, what stood in the way, and the engine's words.

    `estimate_tokens` is the longest window that the engine itself thinks possible, if it says so.
    """

    window_tokens: int
    obstacle: Obstacle
    words: str
    estimate_tokens: int | None = None


class WindowRefusedError(EngineError):
    """The engine does not serve the window it was asked for."""

    def __init__(self, refusal: Refusal, last_words: str = "") -> None:
        words = (
            f"no window of {refusal.window_tokens:,} tokens is served here "
            f"({refusal.obstacle}): {refusal.words}"
        )
        super().__init__(f"{words}\n{last_words}" if last_words else words)
        self.refusal = refusal


_LIMIT = re.compile(
    r"User-specified max_model_len \(\d+\) is greater than the derived max_model_len "
    r"\((?:[a-z_]+=)?(?P<estimate>\d+)[^)]*\)"
)
_MEMORY = re.compile(
    r"To serve at least one request with the models?'s max seq len.*?KV cache memory \([^)]*\)"
    r"(?:.*?estimated maximum model length is (?P<estimate>\d+))?"
)
_NO_MEMORY = re.compile(r"No available memory for the cache blocks(?P<estimate>$)?", re.MULTILINE)
_ERROR = re.compile(r"^.*?\b(\w*(?:Error|Exception|Killed)\b.*)$", re.MULTILINE)
_PATH = re.compile(r"(?<![\w:])/(?:[\w.+@-]+/)+[\w.+@-]*")


def parse_refusal(window_tokens: int, log: str) -> Refusal:
    """Return what a log says of a window that was not served; a crash if it says nothing known.

    Paths of this machine are left out of the words.
    """
    for obstacle, pattern in (
        (Obstacle.LIMIT, _LIMIT), (Obstacle.MEMORY, _MEMORY), (Obstacle.MEMORY, _NO_MEMORY),
    ):  # fmt: skip
        if found := pattern.search(log):
            estimate = found["estimate"]
            return Refusal(window_tokens, obstacle, _clean(found[0]), int(estimate or 0) or None)
    errors = _ERROR.findall(log)
    words = errors[-1] if errors else next(iter(log.strip().splitlines()[-1:]), "it said nothing")
    return Refusal(window_tokens, Obstacle.CRASH, _clean(words))


def _clean(words: str) -> str:
    return " ".join(_PATH.sub("…", words).split())[:_MOST_WORDS]
