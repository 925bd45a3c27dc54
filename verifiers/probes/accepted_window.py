"""Probe `accepted_window`: the context limit, the longest prompt that an engine takes here.

The engine is started with a window of twice the claim, then with falling ones, until it comes up
and answers a prompt that fills the window. Where an engine says itself which window would do,
that one is next; else half.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kb.domain.drafts import Conditions
from kb.domain.outcomes import Basis
from kb.domain.results import EngineQuestion, RawAnswer, Result
from verifiers.engines.protocol import EngineDiedError, EngineError
from verifiers.engines.refusals import Obstacle, Refusal, WindowRefusedError, parse_refusal
from verifiers.probing.claim_under_test import ClaimUnderTest, Parameters
from verifiers.probing.probe import Effort, Findings, Probe, RecordedRun
from verifiers.scoring import recall
from verifiers.tasks.catalogue import BY_NAME
from verifiers.tasks.filling import Encode, fill

if TYPE_CHECKING:
    from verifiers.probing.context import ProbeContext

METRIC = "accepted_context"
_TASK = BY_NAME["single_number"]
_LEAST = 256
_QUICK_CLAIM, _QUICK_CAP = 8192, 2048
_MOST_NOTE = 1900


class AcceptedWindow(Probe):
    """Starts engines with falling windows until one serves."""

    name = "accepted_window"
    label = "Context limit"
    about = (
        "The context limit is the longest prompt that the engine accepts on the stated hardware. "
        "We set the engine's limit to twice the claimed length, then lower it until the engine "
        "runs and answers a prompt that fills the limit. Where a higher limit failed, the engine's "
        "own error message is kept."
    )
    claim_types = ("context_length",)
    smallest_claim = 512.0  # tokens; a question and its text need about half of it
    place = 20
    scorer = recall.NAME

    def make_parameters(self, claim: ClaimUnderTest, effort: Effort) -> dict[str, Any]:
        """Return the first window and the question.

        In the quick profile no window above the claim is tried, and a claim above 8,192 only up to
        2,048 tokens, which the result then says.
        """
        claimed_tokens = int(claim.claimed_value or 0)
        first = 2 * claimed_tokens
        if effort.profile == "quick":
            first = claimed_tokens if claimed_tokens <= _QUICK_CLAIM else _QUICK_CAP
        return {"claimed_tokens": claimed_tokens, "first_window": first, "task": _TASK.name}

    def run(self, context: "ProbeContext") -> Findings:
        """Return the context limit, with what stopped longer windows.

        Raises EngineError when no window at all is served.
        """
        window: int | None = context.parameters["first_window"]
        refusals: list[Refusal] = []
        while window is not None:
            context.listener.start(f"{context.title}: a window of {window:,} tokens", 1)
            try:
                findings = self._fill_window(context, window, refusals)
            except (WindowRefusedError, EngineDiedError) as error:
                refusals.append(_make_refusal(window, error))
                context.close_engine()
                window = find_next_window(window, refusals[-1].estimate_tokens)
                continue
            context.listener.advance(1)
            return findings
        raise EngineError(f"no window is served at all; the last words: {refusals[-1].words}")

    def _fill_window(
        self, context: "ProbeContext", window: int, refusals: Sequence[Refusal]
    ) -> Findings:
        bench = context.open_bench(window)
        question = make_question(window, context.random_seed, bench.tokenizer.encode_prompt)
        answer = context.ask_once(bench, question)
        stopped = [
            f"{refusal.window_tokens:,}: {refusal.obstacle}, “{refusal.words}”"
            for refusal in refusals
        ]
        result = make_result(context.parameters, window, answer.raw.prompt_tokens, stopped)
        return Findings(bench.describe(), [result])

    def describe_plan(self, parameters: Parameters, asked: int) -> str:
        """Say which windows were tried."""
        return (
            f"We started the engine with a context limit of {parameters['first_window']:,} tokens, "
            "then with lower ones, until it ran and answered a prompt that filled the limit."
        )

    def score(self, answer: RawAnswer) -> float:
        """Return the share of what was expected that the answer holds."""
        return recall.score(answer.text, answer.expected)

    def make_results(self, run: RecordedRun) -> list[Result]:
        """Return the context limit that the one answer shows."""
        (answer,) = run.answers.values()
        window = answer.raw.context_tokens
        if window is None:
            raise ValueError(f"the answer {answer.raw.item} names no window")
        return [make_result(run.parameters, window, answer.raw.prompt_tokens, ())]


def find_next_window(window_tokens: int, estimate_tokens: int | None) -> int | None:
    """Return the window to try after one that was not served; None if none is left."""
    is_usable = estimate_tokens is not None and _LEAST <= estimate_tokens < window_tokens
    following = estimate_tokens if is_usable else window_tokens // 2
    return following if following is not None and following >= _LEAST else None


def make_question(window_tokens: int, seed: int, encode: Encode) -> EngineQuestion:
    """Return a question whose prompt and answer fill the window."""
    text_seed = f"{AcceptedWindow.name}/{AcceptedWindow.version}/{seed}/{window_tokens}"
    made = fill(_TASK, text_seed, window_tokens, encode)
    return EngineQuestion(
        item=f"window/{window_tokens}",
        task=_TASK.name,
        prompt=made.prompt,
        max_tokens=_TASK.answer_tokens,
        expected=made.text.expected,
        context_tokens=window_tokens,
        depth=made.text.depth,
    )


def _make_refusal(window: int, error: EngineError) -> Refusal:
    if isinstance(error, WindowRefusedError):
        return error.refusal
    refusal = parse_refusal(window, str(error))
    return Refusal(window, Obstacle.CRASH, refusal.words)


def make_result(
    parameters: Parameters, window_tokens: int, prompt_tokens: int, stopped: Sequence[str]
) -> Result:
    """Return the context limit; `stopped` tells for longer windows what stood in the way."""
    note = f"a prompt of {prompt_tokens:,} tokens was answered; the rest was left for the answer"
    if stopped:
        note += ". " + ". ".join(stopped)
    elif window_tokens == parameters["first_window"]:
        note += "; higher context limits were not tried"
    tokens = float(window_tokens)
    return Result(
        METRIC,
        Basis.MEASURED_HERE,
        tokens,
        tokens,
        tokens,
        unit="tokens",
        n=1,
        n_unit="prompts",
        conditions=Conditions(note=note[:_MOST_NOTE]),
    )


PROBE = AcceptedWindow()
