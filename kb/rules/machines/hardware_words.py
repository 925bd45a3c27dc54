"""The sentence of a verdict on what machine a model runs on."""

from collections.abc import Iterable

from kb.domain.outcomes import Outcome
from kb.rules.case import Evidence
from kb.rules.machines.predictions import METRIC, fits, say_predictions
from kb.rules.rule import VerdictFact
from kb.rules.wording import capitalise, join_names, write_number

FITS = "fits"
OUT_OF_MEMORY = "out of memory"


def join_precisions(seen: Iterable[Evidence]) -> str:
    """Return the precisions in which a fit was seen."""
    return join_names(result.conditions.precision or "unstated precision" for result in seen)


def say_hardware(verdict: VerdictFact) -> str:
    """By what was seen on the machine where anything was, else by arithmetic."""
    seen = [result for result in verdict.evidence if result.text == FITS]
    failures = [result for result in verdict.evidence if result.text == OUT_OF_MEMORY]
    if seen:
        return _say_fit(verdict, seen, failures)
    if failures:
        return f"{verdict.model} does not fit: {_say_failure(failures[0])}."
    return _say_computed(verdict)


def _say_fit(verdict: VerdictFact, seen: list[Evidence], failures: list[Evidence]) -> str:
    hardware, computed = verdict.claim.conditions.hardware or "", verdict.of_metric(METRIC)
    only = "only " if failures or not all(map(fits, computed)) else ""
    words = f"{verdict.model} runs on {hardware} {only}with {join_precisions(seen)} weights"
    words += f" ({seen[0].by})" + "".join(f"; {_say_failure(result)}" for result in failures)
    return f"{words}. {say_predictions(hardware, computed)}" if computed else f"{words}."


def _say_failure(failure: Evidence) -> str:
    machine = failure.conditions.hardware or "the machine tried"
    precision = failure.conditions.precision or "unstated precision"
    return f"{precision} ran out of memory on {machine} ({failure.by})"


def _say_computed(verdict: VerdictFact) -> str:
    asked = verdict.claim.conditions
    precision = f" in {asked.precision}" if asked.precision else ""
    prompt = f" with {write_number(asked.context_tokens)} tokens" if asked.context_tokens else ""
    what = f"{verdict.model}{precision}"
    where = f"{asked.hardware}{prompt}"
    words = {
        Outcome.SUPPORTED: f"{what} fits on {where}",
        Outcome.REFUTED: f"{what} does not fit on {where}",
    }.get(verdict.outcome, f"It is open whether {what} fits on {where}: the bounds disagree")
    return f"{capitalise(words)}. {say_predictions(asked.hardware or '', verdict.evidence)}"
