"""What a climbed ladder shows: scores by length, the effective context by each rule, the cost."""

from collections.abc import Mapping

import numpy as np

from kb.domain.drafts import Conditions
from kb.domain.outcomes import Basis
from kb.domain.results import Result
from verifiers.probes.context_ladder.climbing import GRID_ROUNDS, Scores
from verifiers.probes.context_ladder.readers_texts import join_lengths
from verifiers.scoring import recall
from verifiers.scoring.length_rules import RULES, TASKS, NamedRule
from verifiers.sequential.betting import Floats, make_confidence_interval
from verifiers.sequential.climb import Climb, RuleClimb
from verifiers.sequential.ladder import Mode
from verifiers.tasks.catalogue import NON_LEXICAL_NEEDLE, ROUND

SCORE_METRIC = "length_score"


def make_results(parameters: Mapping[str, object], climb: Climb, scores: Scores) -> list[Result]:
    """Return the scores by length, the effective context by each rule, and what it cost."""
    alpha = climb.terms.alpha
    points = [
        result
        for length in sorted(climb.scores)
        for result in _make_points(climb, length, scores, alpha)
    ]
    lengths = [
        _make_effective(parameters, climb, line, rule)
        for line, rule in zip(climb.lines, RULES, strict=True)
    ]
    return [*points, *lengths, _make_cost(parameters, climb)]


def _make_points(climb: Climb, length: int, scores: Scores, alpha: float) -> list[Result]:
    rounds = np.array(climb.scores[length])
    points = [_make_point(SCORE_METRIC, length, rounds, alpha)]
    for family in dict.fromkeys(task.family for task in ROUND):
        part = rounds[:, [task.family == family for task in ROUND]]
        points.append(_make_point(_name_metric(family), length, part, alpha))
    items = (f"{length}/{number}/{NON_LEXICAL_NEEDLE.name}" for number in range(len(rounds)))
    hidden = np.array([[scores[item]] for item in items])
    points.append(_make_point(_name_metric(NON_LEXICAL_NEEDLE.family), length, hidden, alpha))
    return points


def _name_metric(family: str) -> str:
    return f"{SCORE_METRIC}.{family.replace(' ', '_')}"


def _make_point(metric: str, length: int, rounds: Floats, alpha: float) -> Result:
    low, high = make_confidence_interval(rounds, alpha)
    return Result(
        metric,
        Basis.MEASURED_HERE,
        round(float(rounds.mean()), 6),
        round(low, 6),
        round(high, 6),
        unit="proportion",
        n=int(rounds.size),
        n_unit="questions",
        conditions=Conditions(context_tokens=length, rule=f"{TASKS}, {recall.NAME}"),
    )


def _make_effective(
    parameters: Mapping[str, object], climb: Climb, line: RuleClimb, rule: NamedRule
) -> Result:
    """Low is what is shown, high what is not excluded, value what the scores alone say."""
    outcome = line.outcome
    top, claimed = climb.terms.lengths[-1], int(str(parameters["claimed_tokens"]))
    high = claimed if outcome.possible == top and top < claimed else outcome.possible
    value = min(max(_find_by_scores(climb, line), outcome.shown), high)
    return Result(
        "effective_context",
        Basis.MEASURED_HERE,
        float(value),
        float(outcome.shown),
        float(high),
        unit="tokens",
        n=len(ROUND) * len(climb.asked),
        n_unit="questions",
        conditions=Conditions(rule=rule.label, note=_tell(climb, line)),
    )


def _find_by_scores(climb: Climb, line: RuleClimb) -> int:
    base = climb.scores.get(climb.terms.lengths[0], [])
    needed = line.rule.find_threshold(float(np.mean(base)) if base else 0.0)
    longest = 0
    for length in climb.terms.lengths:
        if length not in climb.scores or float(np.mean(climb.scores[length])) < needed:
            break
        longest = length
    return longest


def _tell(climb: Climb, line: RuleClimb) -> str:
    terms, outcome = climb.terms, line.outcome
    words = (
        f"error rate at most {terms.alpha / 2:.1%} for this rule and {terms.alpha:.0%} for both "
        "together, whenever the test stops"
        if terms.mode is Mode.ANYTIME
        else f"ratio test: wrong with about {terms.alpha / 2:.1%} for scores more than "
        f"{100 * terms.zone:.0f} points from the threshold; nearer ones may go either way"
    )
    if outcome.leans_on:
        leaned = ", ".join(f"{length:,}" for length in outcome.leans_on)
        words += f"; {leaned} tokens got only a short check, since a longer text passed"
    if line.is_silent:
        words = "there is no shorter text to compare this length with"
    elif not outcome.is_decided:
        words += f"; not settled within the budget of {terms.budget_tokens:,} tokens"
    untested = [length for length in terms.lengths if length not in climb.scores]
    if untested:
        words += f"; no questions were asked at {join_lengths(untested, 'or')} tokens"
    return words


def _make_cost(parameters: Mapping[str, object], climb: Climb) -> Result:
    lengths = parameters["lengths"]
    assert isinstance(lengths, list)
    grid = GRID_ROUNDS * len(ROUND) * sum(lengths)
    note = (
        f"{climb.spent_tokens:,} tokens used; the published method, {GRID_ROUNDS} questions on "
        f"each of {len(ROUND)} tasks at each length, takes {grid:,}"
    )
    share = climb.spent_tokens / grid
    return Result(
        "ladder_cost",
        Basis.MEASURED_HERE,
        share,
        share,
        share,
        unit="proportion",
        n=climb.terms.questions * len(climb.asked),
        n_unit="questions",
        conditions=Conditions(note=note),
    )
