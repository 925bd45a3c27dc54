"""The probe: it asks what the climb wants until it wants no more, and climbs again in a replay."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from kb.domain.drafts import Conditions
from kb.domain.errors import UserError
from kb.domain.outcomes import Basis
from kb.domain.results import EngineQuestion, RawAnswer, Result, ScoredAnswer
from verifiers.probes.context_ladder import climbing
from verifiers.probes.context_ladder.readers_texts import ABOUT, describe_ladder
from verifiers.probes.context_ladder.results import make_results
from verifiers.probing.claim_under_test import ClaimUnderTest, Parameters
from verifiers.probing.probe import Effort, Findings, Probe, RecordedRun
from verifiers.scoring import recall
from verifiers.sequential.climb import Climb, Round

if TYPE_CHECKING:
    from verifiers.probing.context import Interview, ProbeContext
    from verifiers.serving.session import Bench

_ACCEPTED = ("accepted_window", "accepted_context")  # the probe and metric of the context limit


class ContextLadder(Probe):
    """Asks rounds of questions at rising lengths."""

    name = climbing.NAME
    version = climbing.VERSION
    label = "Effective context"
    about = ABOUT
    claim_types = ("context_length",)
    smallest_claim = 512.0  # tokens; a question and its text need about half of it
    place = 30
    scorer = recall.NAME
    unscored_metrics = frozenset({"bits_per_byte"})

    def make_parameters(self, claim: ClaimUnderTest, effort: Effort) -> dict[str, Any]:
        """Return lengths, tasks, rules and budget."""
        return climbing.make_parameters(
            int(claim.claimed_value or 0),
            effort.profile,
            effort.mode,
            effort.alpha,
            effort.budget_tokens,
        )

    def run(self, context: "ProbeContext") -> Findings:
        """Climb to the end; every answer that the climb wants is stored as it comes."""
        climb = climbing.make_climb(context.parameters, _find_served_window(context))

        def make_question(item: str, bench: "Bench") -> EngineQuestion:
            encode = bench.tokenizer.encode_prompt
            return climbing.make_question(item, context.random_seed, encode)

        with context.open_interview(climb.terms.lengths[-1], make_question) as interview:
            environment = interview.bench.describe()
            _ask_all(context, climb, interview)
            scores = _list_scores(interview.answers)
            results = make_results(context.parameters, climb, scores)
            return Findings(environment, [*results, _make_loss_result(interview.bench)])

    def describe_plan(self, parameters: Parameters, asked: int) -> str:
        """Say what was asked at which lengths, and when it was enough."""
        return describe_ladder(parameters, asked)

    def score(self, answer: RawAnswer) -> float:
        """Return the share of what was expected that the answer holds."""
        return recall.score(answer.text, answer.expected)

    def make_results(self, run: RecordedRun) -> list[Result]:
        """Climb again on the answers on record."""
        scores = _list_scores(run.answers)
        climb = climbing.make_climb(run.parameters, max(run.served_windows))
        while rounds := climb.next_rounds():
            try:
                climb.take(_list_round_scores(scores, rounds))
            except KeyError as error:
                raise UserError(f"the climb asks {error}, which has no answer") from None
        return make_results(run.parameters, climb, scores)


def _ask_all(context: "ProbeContext", climb: Climb, interview: "Interview") -> None:
    context.listener.start(context.title, climb.terms.budget_tokens)
    while rounds := climb.next_rounds():
        lengths = ", ".join(f"{length:,}" for length in sorted({length for length, _ in rounds}))
        context.listener.say(f"{context.title}: {lengths} tokens")
        before = climb.spent_tokens
        ahead = (item for following in climb.guess_following()
                 for item in climbing.list_items([following]))  # fmt: skip
        interview.ask(climbing.list_items(rounds), ahead)
        climb.take(_list_round_scores(_list_scores(interview.answers), rounds))
        context.listener.advance(climb.spent_tokens - before)


def _list_scores(answers: Mapping[str, ScoredAnswer]) -> dict[str, float]:
    return {item: answer.score for item, answer in answers.items()}


def _list_round_scores(
    scores: climbing.Scores, rounds: Sequence[Round]
) -> dict[Round, list[float]]:
    list_scores = partial(climbing.list_round_scores, scores)
    return {asked: list_scores(asked) for asked in rounds}


def _find_served_window(context: "ProbeContext") -> int:
    """The longest window of this release that was accepted, or that the plan asks for."""
    probe, metric = _ACCEPTED
    accepted = [
        int(result.value)
        for result in context.read_earlier_results(probe)
        if result.metric == metric and result.value
    ]
    return max(accepted, default=max(context.parameters["lengths"]))


def _make_loss_result(bench: "Bench") -> Result:
    bits = round(bench.loss.bits_per_byte, 4)
    return Result(
        "bits_per_byte",
        Basis.MEASURED_HERE,
        bits,
        bits,
        bits,
        unit="bits per byte",
        n=bench.loss.tokens,
        n_unit="tokens",
        conditions=Conditions(note="loss on a fixed text, before anything else was measured"),
    )


PROBE = ContextLadder()
