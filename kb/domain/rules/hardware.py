"""The rule about what machine a model runs on."""

from kb.domain.outcomes import Outcome
from kb.domain.rules.case import Case, Evidence, Finding, Rule, join_names, make_numbers

FITS = "fits"
OUT_OF_MEMORY = "out of memory"


def judge_hardware(case: Case) -> Finding | None:
    """A fit holds for the precisions in which it was seen, on the hardware that was named."""
    hardware = case.claim.conditions.hardware
    if case.claim.type != "hardware_fit" or hardware is None:
        return None
    seen = case.of_own_metric("hardware_fit")
    fits = tuple(
        each for each in seen if each.text == FITS and each.conditions.hardware == hardware
    )
    fails = tuple(each for each in seen if each.text == OUT_OF_MEMORY)
    asked = case.claim.conditions.precision
    if asked is not None:
        fits = tuple(each for each in fits if each.conditions.precision == asked)
    if not fits:
        return _judge_failure(hardware, asked, fails)
    precisions = join_names(each.conditions.precision or "unstated precision" for each in fits)
    words = f"Runs on {hardware} {'only ' if fails else ''}with {precisions} weights"
    words += f" ({fits[0].by})" + "".join(f"; {_in_words(each)}" for each in fails) + "."
    return Finding(Outcome.SUPPORTED, words, fits + fails, make_numbers(precisions=precisions))


def _judge_failure(hardware: str, asked: str | None, fails: tuple[Evidence, ...]) -> Finding | None:
    """Out of memory on the very hardware, in the very precision that was claimed."""
    met = tuple(
        each
        for each in fails
        if each.conditions.hardware == hardware and each.conditions.precision == asked
    )
    if asked is None or not met:
        return None
    return Finding(Outcome.REFUTED, f"{_in_words(met[0])}.", met)


def _in_words(failure: Evidence) -> str:
    where = failure.conditions.hardware or "the machine tried"
    return f"{failure.conditions.precision} ran out of memory on {where} ({failure.by})"


HARDWARE = Rule(
    "hardware_fit",
    1,
    "A fit holds in the precisions in which it was seen on the named hardware, and the verdict "
    "says which.",
    judge_hardware,
)
