"""The rule about what machine a model runs on."""

from collections.abc import Iterable, Sequence

from kb.domain.drafts import Availability
from kb.domain.outcomes import Basis, Outcome
from kb.models.memory import is_same_precision, parse_machine
from kb.rules.case import Case, Evidence
from kb.rules.machines.hardware_words import (
    FITS,
    OUT_OF_MEMORY,
    is_run,
    join_precisions,
    say_hardware,
)
from kb.rules.machines.predictions import (
    find_predictions,
    get_possible,
    is_of,
)
from kb.rules.rule import Finding, Rule

Results = tuple[Evidence, ...]
_METRIC = "hardware_fit"


def judge_hardware(case: Case) -> Finding | None:
    """A fit holds for the number formats in which a run shows it, or the arithmetic allows it.

    A run that is shown comes before arithmetic, and arithmetic before what somebody tells.
    """
    hardware = case.claim.conditions.hardware
    if case.claim.claim_type != _METRIC or hardware is None:
        return None
    if of_all := _find_runs_of_variants(case):
        return Finding(Outcome.SUPPORTED, of_all, {"precisions": join_precisions(of_all)})
    seen = [result for result in case.of_own_metric(_METRIC) if _is_meant(case, result)]
    computed = find_predictions(case, hardware)
    return (
        _judge_runs(case, seen, computed)
        or _judge_computed(case, seen, computed)
        or _judge_told(seen)
    )


def _is_meant(case: Case, result: Evidence) -> bool:
    """Whether it is of the claimed machine, in the claimed number format if one is claimed."""
    told, asked = result.conditions, case.claim.conditions.precision
    is_failure = result.text == OUT_OF_MEMORY and is_run(result)
    if result.text != FITS and not is_failure:
        return False
    is_format = asked is None or is_same_precision(told.precision or "", asked)
    return _is_same_machine(told.hardware, case.claim.conditions.hardware) and is_format


def _is_same_machine(one: str | None, other: str | None) -> bool:
    if one is None or other is None:
        return False
    machine = parse_machine(other)
    return one == other or (machine is not None and parse_machine(one) == machine)


def _find_runs_of_variants(case: Case) -> Results:
    """Of a family: a run of each released variant on the machine; empty unless all have one."""
    variants = [
        model
        for model in case.family
        if model.variant_of == case.subject.id and model.availability is Availability.RELEASED
    ]
    runs = [
        result
        for result in case.of_metric(_METRIC)
        if result.text == FITS and is_run(result) and _is_meant(case, result)
    ]
    of_each = [next((run for run in runs if run.model.id == one.id), None) for one in variants]
    found = tuple(run for run in of_each if run is not None)
    return found if len(found) == len(variants) else ()


def _judge_runs(case: Case, seen: Sequence[Evidence], computed: Results) -> Finding | None:
    """By what ran; a failure refutes only in the very format that was claimed."""
    runs = tuple(result for result in seen if result.text == FITS and is_run(result))
    failures = tuple(result for result in seen if result.text == OUT_OF_MEMORY)
    if runs:
        numbers = {"precisions": join_precisions(runs), **_list_longest(computed)}
        return Finding(Outcome.SUPPORTED, runs + failures + computed, numbers)
    if failures and case.claim.conditions.precision is not None:
        return Finding(Outcome.REFUTED, failures)
    return None


def _judge_computed(case: Case, seen: Iterable[Evidence], computed: Results) -> Finding | None:
    """By arithmetic alone: what cannot fit is refuted; what the bounds differ on is open."""
    asked = case.claim.conditions.precision
    least = case.claim.conditions.context_tokens or 1
    meant = tuple(result for result in computed if asked is None or is_of(result, asked))
    if not meant:
        return None
    outcome = Outcome.INCONCLUSIVE
    if all(get_possible(result) < least for result in meant):
        outcome = Outcome.REFUTED
    elif any((result.low or 0.0) >= least for result in meant):
        outcome = Outcome.SUPPORTED
    told = tuple(result for result in seen if result.text == FITS)
    shown = computed if outcome is Outcome.SUPPORTED else meant
    return Finding(outcome, shown + told, _list_longest(meant), rests_on=Basis.COMPUTED)


def _judge_told(seen: Iterable[Evidence]) -> Finding | None:
    """What somebody tells of a fit, without a run that is shown, is shown and leaves it open."""
    told = tuple(result for result in seen if result.text == FITS)
    return Finding(Outcome.INCONCLUSIVE, told) if told else None


def _list_longest(computed: Sequence[Evidence]) -> dict[str, object]:
    return {f"longest_{result.conditions.precision}": result.value for result in computed}


RULE = Rule(
    name="hardware_fit",
    version=3,
    order=130,
    plain="A claim that a model fits holds for the number formats in which a run on the named "
    "hardware is shown; the verdict says which. A claim about a family holds if there is such a "
    "run of each of its released models. Where no such run is on record, we compute it from the "
    "model's architecture: the weights in each number format, the KV cache (the memory for the "
    "prompt) and what the engine takes. A claim that cannot be true even by the most generous "
    "count is refuted. What the vendor states, and what somebody reports without showing a run, "
    "is told beside it and decides nothing.",
    would_change="A documented run on that machine, with the number format named, outweighs "
    "arithmetic. A different architecture, number format or engine overhead would change what is "
    "computed.",
    judge=judge_hardware,
    say=say_hardware,
)
