"""Score a recorded run again from its raw answers: no weights, no engine."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kb.domain.errors import UserError
from kb.domain.results import Result
from kb.records.run_files import RunFile
from kb.store.run_rows import make_run_rows
from verifiers.probes import accepted_window, context_ladder
from verifiers.probes.ladder_results import make_results

_DIGITS = 9
_MISFITS = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError)
_COMPARED = ("value", "low", "high", "unit", "n", "n_unit")


@dataclass(frozen=True)
class Replay:
    """How many answers were scored again, how many results came out, and what differs."""

    answers: int
    results: int
    differences: tuple[str, ...]


def replay_run(run: RunFile) -> Replay:
    """Score every answer again, climb again, and compare with what the run says.

    Raises UserError for a probe of another version, or answers that the climb does not ask for.
    """
    make_run_rows(run)
    plan = run.rows["plan"][0]
    version, replay = _KNOWN.get(plan["probe"], (None, None))
    if replay is None or version != plan["probe_version"]:
        raise UserError(
            f"{run.name}: no way to score {plan['probe']} version {plan['probe_version']} again"
        )
    try:
        scores, differences = _score_again(run)
        results = replay(run, scores)
        differences += _compare(run.rows["measurement"], results)
    except _MISFITS as error:
        raise UserError(
            f"{run.name}: it lacks what scoring needs, or has it in another form "
            f"({type(error).__name__}: {error}); `kb export-run` writes it whole"
        ) from None
    return Replay(len(scores), len(results), tuple(differences))


def _score_again(run: RunFile) -> tuple[dict[str, float], list[str]]:
    scores: dict[str, float] = {}
    differences: list[str] = []
    for row in run.rows["trial"]:
        if row["scorer"] != context_ladder.SCORER:
            raise UserError(f"{run.name}: no scorer {row['scorer']} here")
        score = context_ladder.score(row["answer"], row["expected"])
        scores[row["item"]] = score
        if round(score, _DIGITS) != round(row["score"], _DIGITS):
            differences.append(f"answer {row['item']}: {score:g}, recorded {row['score']:g}")
    return scores, differences


def _replay_ladder(run: RunFile, scores: Mapping[str, float]) -> list[Result]:
    parameters = run.rows["plan"][0]["parameters"]
    windows = [row["served_window_tokens"] for row in run.rows["environment"]]
    climb = context_ladder.make_climb(parameters, max(windows))
    while rounds := climb.next_rounds():
        try:
            found = {each: context_ladder.list_round_scores(scores, each) for each in rounds}
        except KeyError as error:
            raise UserError(f"{run.name}: the climb asks {error}, which has no answer") from None
        climb.take(found)
    return make_results(parameters, climb, scores)


def _replay_window(run: RunFile, scores: Mapping[str, float]) -> list[Result]:
    (trial,) = run.rows["trial"]
    parameters = run.rows["plan"][0]["parameters"]
    return accepted_window.make_results(
        parameters, trial["context_tokens"], trial["prompt_tokens"], []
    )


_KNOWN = {
    context_ladder.NAME: (context_ladder.VERSION, _replay_ladder),
    accepted_window.NAME: (accepted_window.VERSION, _replay_window),
}


def can_replay(probe: str | None) -> bool:
    """Whether results of this probe come from raw answers that are kept."""
    return probe in _KNOWN


def _compare(recorded: list[dict[str, Any]], results: list[Result]) -> list[str]:
    """What differs between results that were recorded and those made again, by their places."""
    ours = {_make_place(each.metric, each.conditions.as_stored()): each for each in results}
    differences = []
    for row in recorded:
        again = ours.get(_make_place(row["metric"], row["conditions"]))
        if again is None:
            if row["metric"] != "bits_per_byte":  # measured by the engine, not scored
                differences.append(f"{row['metric']}: does not come out again")
            continue
        for name in _COMPARED:
            if not _is_same(getattr(again, name), row[name]):
                words = f"{getattr(again, name)}, recorded {row[name]}"
                differences.append(f"{row['metric']}: {name} is {words}")
    if len(ours) > len(recorded):
        differences.append(f"{len(ours)} results come out, {len(recorded)} are recorded")
    return differences


def _make_place(metric: str, conditions: Mapping[str, object]) -> tuple[object, ...]:
    return metric, conditions.get("context_tokens"), conditions.get("rule")


def _is_same(one: object, other: object) -> bool:
    if isinstance(one, float) and isinstance(other, int | float):
        return bool(abs(one - other) <= 10**-_DIGITS * max(1.0, abs(one)))
    return one == other
