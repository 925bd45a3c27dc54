"""What the arithmetic on a model's shape says about a machine, for the rules that need it."""

from kb.models.memory import PRECISIONS, is_same_precision, parse_machine
from kb.rules.case import Case, Evidence, as_plain

METRIC = "longest_context"
_FEWEST = 1


def find_predictions(case: Case, hardware: str) -> tuple[Evidence, ...]:
    """The longest prompt on the machine that `hardware` names, one result a precision."""
    machine = parse_machine(hardware)
    found = [
        each
        for each in case.of_own_metric(METRIC)
        if machine is not None
        and each.value is not None
        and parse_machine(each.conditions.hardware or "") == machine
    ]
    by_precision: dict[str, Evidence] = {}
    for each in found:
        by_precision.setdefault(each.conditions.precision or "", each)
    order = [each.name for each in PRECISIONS]
    return tuple(by_precision[name] for name in order if name in by_precision)


def get_longest(prediction: Evidence) -> float:
    """The longest prompt that the arithmetic leaves possible; 0 where the weights do not fit."""
    return prediction.high or 0.0


def fits(prediction: Evidence) -> bool:
    """Whether anything fits at all."""
    return get_longest(prediction) >= _FEWEST


def is_of(prediction: Evidence, precision: str) -> bool:
    """Whether it is of this precision, under whatever name."""
    return is_same_precision(prediction.conditions.precision or "", precision)


def describe(prediction: Evidence) -> str:
    """A few words: "int4 yes, about 235,328 tokens (62,928 to 257,173)", "bf16 no"."""
    name = prediction.conditions.precision
    if not fits(prediction):
        return f"{name} no"
    low, high = as_plain(prediction.low), as_plain(prediction.high)
    if not prediction.value:
        return f"{name} perhaps, with at most {high} tokens"
    return f"{name} yes, about {as_plain(prediction.value)} tokens ({low} to {high})"
