"""The sentence of a verdict on what machine a model runs on."""

from collections.abc import Iterable, Sequence

from kb.domain.outcomes import Basis, EvidenceKind, Outcome
from kb.rules.case import Evidence
from kb.rules.evidence_words import write_by
from kb.rules.machines.predictions import METRIC, fits, say_predictions
from kb.rules.rule import VerdictFact
from kb.rules.wording import capitalise, join_names, write_number

FITS = "fits"
OUT_OF_MEMORY = "out of memory"


def join_precisions(seen: Iterable[Evidence]) -> str:
    """Return the precisions in which a fit was seen."""
    return join_names(result.conditions.precision or "unstated precision" for result in seen)


def say_hardware(verdict: VerdictFact) -> str:
    """By what ran on the machine where anything did, else by arithmetic, else what is told."""
    told = [result for result in verdict.evidence if result.text == FITS]
    runs = [result for result in told if is_run(result)]
    failures = [result for result in verdict.evidence if result.text == OUT_OF_MEMORY]
    computed = verdict.of_metric(METRIC)
    if runs:
        return _say_runs(verdict, runs, failures, computed)
    if failures:
        return f"{verdict.model} does not fit: {_say_failure(failures[0])}."
    if not computed:
        return (
            f"{_say_open(verdict)}. {_say_told(told)} No architecture to compute from is on record."
        )
    words = _say_computed(verdict, computed)
    return " ".join((words, _say_told(told), say_predictions(_get_machine(verdict), computed)))


def is_run(result: Evidence) -> bool:
    """Whether it is a run that is shown, and not one of the vendor's own."""
    ran = result.kind is EvidenceKind.RUN or result.basis is Basis.MEASURED_HERE
    return ran and not result.is_vendors_word


def _say_runs(
    verdict: VerdictFact,
    runs: list[Evidence],
    failures: list[Evidence],
    computed: Sequence[Evidence],
) -> str:
    hardware = _get_machine(verdict)
    failed = "".join(f"; {_say_failure(failure)}" for failure in failures)
    predicted = f" {say_predictions(hardware, computed)}" if computed else ""
    if len({run.model.id for run in runs}) > 1:
        each = join_names(f"{run.model.name} {_say_run(run)}" for run in runs)
        return f"All released models run on {hardware}: {each}{failed}.{predicted}"
    only = "only " if failures or not all(map(fits, computed)) else ""
    ran = f"{only}{join_names(_say_run(run) for run in runs)}"
    return f"{verdict.model} runs on {hardware} {ran}{failed}.{predicted}"


def _say_run(run: Evidence) -> str:
    return f"in {join_precisions([run])} ({write_by(run)})"


def _say_failure(failure: Evidence) -> str:
    machine = failure.conditions.hardware or "the machine tried"
    return f"{join_precisions([failure])} ran out of memory on {machine} ({write_by(failure)})"


def _say_computed(verdict: VerdictFact, computed: Sequence[Evidence]) -> str:
    if verdict.outcome is Outcome.INCONCLUSIVE:
        return f"{_say_open(verdict)}: the bounds disagree."
    if verdict.outcome is Outcome.REFUTED:
        return f"{_name(verdict)} does not fit on {_write_place(verdict)}, by arithmetic."
    fitting = [one for one in computed if fits(one)]
    is_limited = verdict.claim.conditions.precision is None and len(fitting) < len(computed)
    only = f" only in {join_precisions(fitting)}" if is_limited else ""
    return f"{_name(verdict)} fits on {_write_place(verdict)}{only}, by arithmetic."


def _say_told(told: Sequence[Evidence]) -> str:
    """Who says that it fits, and that no independent run shows it."""
    if not told:
        return "No run is on record."
    said = join_names(f"{write_by(result)}" for result in told)
    return f"{capitalise(f'the fit is {said}')}; no independent run is on record."


def _say_open(verdict: VerdictFact) -> str:
    return f"It is open whether {_name(verdict)} fits on {_write_place(verdict)}"


def _name(verdict: VerdictFact) -> str:
    precision = verdict.claim.conditions.precision
    return f"{verdict.model} in {precision}" if precision else verdict.model


def _write_place(verdict: VerdictFact) -> str:
    tokens = verdict.claim.conditions.context_tokens
    prompt = f" with {write_number(tokens)} tokens" if tokens else ""
    return f"{_get_machine(verdict)}{prompt}"


def _get_machine(verdict: VerdictFact) -> str:
    return verdict.claim.conditions.hardware or ""
