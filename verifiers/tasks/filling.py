"""Make a question whose prompt fills a length in tokens, counted by the release's own tokenizer."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from verifiers.tasks.draft import Task, TaskText

Encode = Callable[[str, str], tuple[int, ...]]
_MOST_TRIES = 12
_SLACK = 0.01


@dataclass(frozen=True)
class Filled:
    """A question with its prompt as token ids; prompt and answer together fit the length."""

    task: Task
    text: TaskText
    prompt: tuple[int, ...]


def fill(task: Task, seed: str, length: int, encode: Encode) -> Filled:
    """Return the question of `seed` with as much text as fits `length` tokens, answer included.

    At most 1% of the length, and 48 tokens at least, are left over. Raises ValueError for a
    length that not even the shortest text fits.
    """
    room = length - task.answer_tokens
    size, low, high = max(16, room // 2), 0, None
    best: Filled | None = None
    for _ in range(_MOST_TRIES):
        made = _make(task, seed, size, encode)
        if len(made.prompt) <= room:
            best, low = made, size
            if room - len(made.prompt) <= max(48, int(room * _SLACK)):
                break
        else:
            high = size
        size = _guess(size, len(made.prompt), room, low, high)
        if size == low or (high is not None and high - low <= 1):
            break
    if best is None:
        best = _make(task, seed, 1, encode)
    if len(best.prompt) > room:
        raise ValueError(f"{task.name} does not fit {length} tokens, whatever is left out")
    return best


def _make(task: Task, seed: str, size: int, encode: Encode) -> Filled:
    text = task.make(Random(f"{task.name}/{seed}"), size)  # noqa: S311 (no secret)
    return Filled(task, text, encode(text.instruction, text.answer_prefix))


def _guess(size: int, tokens: int, room: int, low: int, high: int | None) -> int:
    """The next size: in proportion, but inside of what is known."""
    guess = int(size * (room - 8) / max(tokens, 1))
    if high is None:
        return max(guess, low + 1)
    return min(max(guess, low + 1), high - 1) if high - low > 1 else low
