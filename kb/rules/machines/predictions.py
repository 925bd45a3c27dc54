"""What the arithmetic on a model's shape says about a machine, for the rules that need it."""

from collections.abc import Sequence

from kb.models.memory import PRECISIONS, is_same_precision, parse_machine
from kb.rules.case import Case, Evidence
from kb.rules.wording import write_number

METRIC = "longest_context"
_FEWEST = 1
CACHE_SAVING = 4  # the arithmetic keeps the cache in 16 bits, as engines do unless told otherwise


def find_predictions(case: Case, hardware: str) -> tuple[Evidence, ...]:
    """The longest prompt on the machine that `hardware` names, one result for each precision."""
    machine = parse_machine(hardware)
    found = [
        prediction
        for prediction in case.of_own_metric(METRIC)
        if machine is not None
        and prediction.value is not None
        and parse_machine(prediction.conditions.hardware or "") == machine
    ]
    by_precision: dict[str, Evidence] = {}
    for prediction in found:
        by_precision.setdefault(prediction.conditions.precision or "", prediction)
    order = [precision.name for precision in PRECISIONS]
    return tuple(by_precision[name] for name in order if name in by_precision)


def get_longest(prediction: Evidence) -> float:
    """The longest prompt that the arithmetic leaves possible; 0 where the weights do not fit."""
    return prediction.high or 0.0


def get_possible(prediction: Evidence) -> float:
    """As `get_longest`, were the KV cache kept in 4 bits, the fewest that any engine offers."""
    return get_longest(prediction) * CACHE_SAVING


def fits(prediction: Evidence) -> bool:
    """Whether anything fits at all."""
    return get_longest(prediction) >= _FEWEST


def is_of(prediction: Evidence, precision: str) -> bool:
    """Whether it is of this precision, under whatever name."""
    return is_same_precision(prediction.conditions.precision or "", precision)


def say_predictions(hardware: str, predictions: Sequence[Evidence]) -> str:
    """Return a sentence on what fits by arithmetic: each precision with its longest prompt."""
    each_precision = "; ".join(_say_prediction(prediction) for prediction in predictions)
    return (
        "By our arithmetic from its architecture, with the KV cache in 16 bits, on "
        f"{hardware}: {each_precision}."
    )


def _say_prediction(prediction: Evidence) -> str:
    name = prediction.conditions.precision
    if not fits(prediction):
        return f"{name} weights do not fit"
    low, high = write_number(prediction.low), write_number(prediction.high)
    if not prediction.value:
        return f"{name} weights may fit, with room for a prompt of at most {high} tokens"
    longest = f"{write_number(prediction.value)} tokens ({low} to {high})"
    return f"{name} weights fit, with room for a prompt of about {longest}"
