"""The rule about what machine a model runs on."""

from kb.domain.outcomes import Outcome
from kb.rules.case import Case, Evidence, Finding, Rule, join_names, make_numbers
from kb.rules.machines import describe, find_predictions, fits, get_longest, is_of

FITS = "fits"
OUT_OF_MEMORY = "out of memory"
Many = tuple[Evidence, ...]


def judge_hardware(case: Case) -> Finding | None:
    """A fit holds for the precisions in which it was seen, or in which the arithmetic allows it.

    What was seen on the very machine comes before what was computed.
    """
    hardware = case.claim.conditions.hardware
    if case.claim.claim_type != "hardware_fit" or hardware is None:
        return None
    seen = case.of_own_metric("hardware_fit")
    asked = case.claim.conditions.precision
    fits_seen = tuple(
        each
        for each in seen
        if each.text == FITS
        and each.conditions.hardware == hardware
        and (asked is None or each.conditions.precision == asked)
    )
    fails = tuple(each for each in seen if each.text == OUT_OF_MEMORY)
    computed = find_predictions(case, hardware)
    if fits_seen:
        return _judge_fit(hardware, fits_seen, fails, computed)
    return _judge_failure(hardware, asked, fails) or _judge_computed(case, hardware, computed)


def _judge_fit(hardware: str, seen: Many, fails: Many, computed: Many) -> Finding:
    precisions = join_names(each.conditions.precision or "unstated precision" for each in seen)
    refused = fails or any(not fits(each) for each in computed)
    words = f"Runs on {hardware} {'only ' if refused else ''}with {precisions} weights"
    words += f" ({seen[0].by})" + "".join(f"; {_in_words(each)}" for each in fails) + "."
    if computed:
        words += f" {_describe_all(hardware, computed)}"
    numbers = make_numbers(precisions=precisions, **_list_longest(computed))
    return Finding(Outcome.SUPPORTED, words, seen + fails + computed, numbers)


def _judge_failure(hardware: str, asked: str | None, fails: Many) -> Finding | None:
    """Out of memory on the very hardware, in the very precision that was claimed."""
    met = tuple(
        each
        for each in fails
        if each.conditions.hardware == hardware and each.conditions.precision == asked
    )
    if asked is None or not met:
        return None
    return Finding(Outcome.REFUTED, f"{_in_words(met[0])}.", met)


def _judge_computed(case: Case, hardware: str, computed: Many) -> Finding | None:
    """By arithmetic alone: what cannot fit is refuted; what the bounds differ on is open."""
    asked = case.claim.conditions.precision
    least = case.claim.conditions.context_tokens or 1
    meant = tuple(each for each in computed if asked is None or is_of(each, asked))
    if not meant:
        return None
    outcome = Outcome.INCONCLUSIVE
    if all(get_longest(each) < least for each in meant):
        outcome = Outcome.REFUTED
    elif any((each.low or 0.0) >= least for each in meant):
        outcome = Outcome.SUPPORTED
    return Finding(outcome, _describe_all(hardware, meant), meant, _list_longest(meant))


def _describe_all(hardware: str, computed: Many) -> str:
    said = "; ".join(describe(each) for each in computed)
    return f"By arithmetic on its shape, on {hardware}: {said}."


def _list_longest(computed: Many) -> dict[str, object]:
    return {f"longest_{each.conditions.precision}": each.value for each in computed}


def _in_words(failure: Evidence) -> str:
    where = failure.conditions.hardware or "the machine tried"
    return f"{failure.conditions.precision} ran out of memory on {where} ({failure.by})"


HARDWARE = Rule(
    "hardware_fit",
    2,
    "A fit holds in the precisions in which it was seen on the named hardware, and the verdict "
    "says which. Where nobody tried, it is computed from the model's shape: weights in each "
    "precision, memory for the text, and what the engine takes. What cannot fit even by the "
    "kindest count is refuted.",
    judge_hardware,
    "A run that somebody shows on that machine, with the precision named, comes before "
    "arithmetic. Another shape of the model, another precision or another engine's share of "
    "memory would change what is computed.",
)
