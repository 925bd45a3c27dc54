"""The rule about what machine a model runs on."""

from collections.abc import Sequence

from kb.domain.outcomes import Outcome
from kb.rules.case import Case, Evidence
from kb.rules.machines.hardware_words import FITS, OUT_OF_MEMORY, join_precisions, say_hardware
from kb.rules.machines.predictions import find_predictions, get_longest, is_of
from kb.rules.rule import Finding, Rule

Results = tuple[Evidence, ...]


def judge_hardware(case: Case) -> Finding | None:
    """A fit holds for the precisions in which it was seen, or in which the arithmetic allows it.

    What was seen on the very machine comes before what was computed.
    """
    hardware = case.claim.conditions.hardware
    if case.claim.claim_type != "hardware_fit" or hardware is None:
        return None
    seen = case.of_own_metric("hardware_fit")
    asked = case.claim.conditions.precision
    met = tuple(
        result
        for result in seen
        if result.text == FITS
        and result.conditions.hardware == hardware
        and (asked is None or result.conditions.precision == asked)
    )
    failures = tuple(result for result in seen if result.text == OUT_OF_MEMORY)
    computed = find_predictions(case, hardware)
    if met:
        return _judge_fit(met, failures, computed)
    return _judge_failure(hardware, asked, failures) or _judge_computed(case, computed)


def _judge_fit(seen: Results, failures: Results, computed: Results) -> Finding:
    numbers = {"precisions": join_precisions(seen), **_list_longest(computed)}
    return Finding(Outcome.SUPPORTED, seen + failures + computed, numbers)


def _judge_failure(hardware: str, asked: str | None, failures: Results) -> Finding | None:
    """Out of memory on the very hardware, in the very precision that was claimed."""
    met = tuple(
        result
        for result in failures
        if result.conditions.hardware == hardware and result.conditions.precision == asked
    )
    return None if asked is None or not met else Finding(Outcome.REFUTED, met)


def _judge_computed(case: Case, computed: Results) -> Finding | None:
    """By arithmetic alone: what cannot fit is refuted; what the bounds differ on is open."""
    asked = case.claim.conditions.precision
    least = case.claim.conditions.context_tokens or 1
    meant = tuple(result for result in computed if asked is None or is_of(result, asked))
    if not meant:
        return None
    outcome = Outcome.INCONCLUSIVE
    if all(get_longest(result) < least for result in meant):
        outcome = Outcome.REFUTED
    elif any((result.low or 0.0) >= least for result in meant):
        outcome = Outcome.SUPPORTED
    return Finding(outcome, meant, _list_longest(meant))


def _list_longest(computed: Sequence[Evidence]) -> dict[str, object]:
    return {f"longest_{result.conditions.precision}": result.value for result in computed}


RULE = Rule(
    name="hardware_fit",
    version=2,
    words_version=2,
    order=130,
    plain="A claim that a model fits holds for the number formats in which it has been seen to run "
    "on the named hardware; the verdict says which. Where nobody has tried, we compute it from the "
    "model's architecture: the weights in each number format, the KV cache (the memory for the "
    "prompt) and what the engine takes. A claim that cannot be true even by the most generous "
    "count is refuted.",
    would_change="A documented run on that machine, with the number format named, outweighs "
    "arithmetic. A different architecture, number format or engine overhead would change what is "
    "computed.",
    judge=judge_hardware,
    say=say_hardware,
)
