"""Probe `accepted_window`, version 1: the longest prompt that the served weights take here.

The engine is started with a window of twice the claim, then with falling ones, until it comes up
and answers a prompt that fills the window. Where an engine says itself which window would do,
that one is next; else half.
"""

from collections.abc import Sequence

from kb.domain.drafts import Conditions
from kb.domain.outcomes import Basis
from kb.domain.results import Question, Result
from verifiers.tasks.catalogue import BY_NAME
from verifiers.tasks.filling import Encode, fill

NAME = "accepted_window"
VERSION = 1
METRIC = "accepted_context"
_TASK = BY_NAME["single_number"]
_LEAST = 256
_QUICK_CLAIM, _QUICK_CAP = 8192, 2048
_MOST_NOTE = 1900


def make_parameters(claimed_tokens: int, profile: str) -> dict[str, object]:
    """Return the recipe for a claim of `claimed_tokens`.

    In the quick profile no window above the claim is tried, and a claim above 8,192 only up to
    2,048 tokens, which the result then says.
    """
    first = 2 * claimed_tokens
    if profile == "quick":
        first = claimed_tokens if claimed_tokens <= _QUICK_CLAIM else _QUICK_CAP
    return {"claimed_tokens": claimed_tokens, "first_window": first, "task": _TASK.name}


def find_next_window(window_tokens: int, estimate_tokens: int | None) -> int | None:
    """Return the window to try after one that was not served; None if none is left."""
    is_usable = estimate_tokens is not None and _LEAST <= estimate_tokens < window_tokens
    following = estimate_tokens if is_usable else window_tokens // 2
    return following if following is not None and following >= _LEAST else None


def make_question(window_tokens: int, seed: int, encode: Encode) -> Question:
    """Return a question whose prompt and answer fill the window."""
    made = fill(_TASK, f"{NAME}/{VERSION}/{seed}/{window_tokens}", window_tokens, encode)
    return Question(
        f"window/{window_tokens}",
        _TASK.name,
        window_tokens,
        made.text.depth,
        made.prompt,
        made.text.expected,
        _TASK.answer_tokens,
    )


def make_results(
    parameters: dict[str, object], window_tokens: int, prompt_tokens: int, stopped: Sequence[str]
) -> list[Result]:
    """Return the accepted length; `stopped` tells for longer windows what stood in the way."""
    note = f"a prompt of {prompt_tokens:,} tokens was answered, the rest is for the answer"
    if stopped:
        note += ". " + ". ".join(stopped)
    elif window_tokens == parameters["first_window"]:
        note += "; longer windows were not tried"
    return [
        Result(
            METRIC,
            Basis.MEASURED_HERE,
            float(window_tokens),
            float(window_tokens),
            float(window_tokens),
            unit="tokens",
            n=1,
            n_unit="prompts",
            conditions=Conditions(note=note[:_MOST_NOTE]),
        )
    ]
