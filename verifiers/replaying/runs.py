"""Score a recorded run again from its raw answers: no weights, no engine."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kb.domain.errors import UserError
from kb.domain.results import RawAnswer, Result, ScoredAnswer
from kb.records.run_files import RunFile
from kb.store.run_rows import make_run_rows
from verifiers.probing.probe import Probe, RecordedRun
from verifiers.probing.registry import find_probe

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
    """Score every answer again, make the results again, and compare with what the run says.

    Results that no answer leads to are taken as recorded. Raises UserError for a probe that is
    not known or of another version, and for answers that its results do not follow from.
    """
    make_run_rows(run)
    plan = run.rows["plan"][0]
    try:
        probe = _find_probe(plan)
        answers, differences = _score_again(run, probe)
        results = _make_results_again(run, probe, answers)
        differences += _compare(run.rows["measurement"], results, probe)
    except UserError as error:
        raise UserError(f"{run.name}: {error}") from None
    except _MISFITS as error:
        raise UserError(
            f"{run.name}: it lacks what scoring needs, or has it in another form "
            f"({type(error).__name__}: {error}); `kb export-run` writes it whole"
        ) from None
    return Replay(len(answers), len(results), tuple(differences))


def _find_probe(plan: dict[str, Any]) -> Probe:
    probe = find_probe(plan["probe"])
    if probe.version != plan["probe_version"]:
        raise UserError(
            f"the run was made with version {plan['probe_version']} of the probe {probe.name}; "
            f"here is version {probe.version}, which scores differently"
        )
    return probe


def _score_again(run: RunFile, probe: Probe) -> tuple[dict[str, ScoredAnswer], list[str]]:
    answers: dict[str, ScoredAnswer] = {}
    differences: list[str] = []
    for row in run.rows["trial"]:
        if row["scorer"] != probe.scorer:
            raise UserError(f"no scorer {row['scorer']} here")
        raw = _make_raw_answer(row)
        score = probe.score(raw)
        answers[raw.item] = ScoredAnswer(raw, row["scorer"], score)
        if round(score, _DIGITS) != round(row["score"], _DIGITS):
            differences.append(f"answer {raw.item}: {score:g}, recorded {row['score']:g}")
    return answers, differences


def _make_raw_answer(row: dict[str, Any]) -> RawAnswer:
    expected = row["expected"]
    return RawAnswer(
        row["item"],
        row["task"],
        row["answer"],
        row["prompt_tokens"],
        None if expected is None else tuple(expected),
        row["context_tokens"],
        row["finish_reason"],
    )


def _make_results_again(
    run: RunFile, probe: Probe, answers: Mapping[str, ScoredAnswer]
) -> list[Result]:
    if probe.scorer is None:
        return []
    windows = [row["served_window_tokens"] for row in run.rows["environment"]]
    return probe.make_results(RecordedRun(run.rows["plan"][0]["parameters"], answers, windows))


def _compare(recorded: list[dict[str, Any]], results: list[Result], probe: Probe) -> list[str]:
    """What differs between results that were recorded and those made again, by their places."""
    if probe.scorer is None:
        return []
    ours = {_make_place(made.metric, made.conditions.as_stored()): made for made in results}
    differences = []
    for row in recorded:
        again = ours.get(_make_place(row["metric"], row["conditions"]))
        if again is None:
            if row["metric"] not in probe.unscored_metrics:
                differences.append(f"{row['metric']}: no longer follows from the answers")
            continue
        for name in _COMPARED:
            if not _is_same(getattr(again, name), row[name]):
                words = f"{getattr(again, name)}, recorded {row[name]}"
                differences.append(f"{row['metric']}: {name} is {words}")
    if len(ours) > len(recorded):
        differences.append(f"{len(ours)} results follow, {len(recorded)} are recorded")
    return differences


def _make_place(metric: str, conditions: Mapping[str, object]) -> tuple[object, ...]:
    return metric, conditions.get("context_tokens"), conditions.get("rule")


def _is_same(one: object, other: object) -> bool:
    if isinstance(one, float) and isinstance(other, int | float):
        return bool(abs(one - other) <= 10**-_DIGITS * max(1.0, abs(one)))
    return one == other
