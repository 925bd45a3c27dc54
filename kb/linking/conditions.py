"""Compare the conditions of two claims: what conflicts keeps them apart.

A condition that only one of them states is no conflict where the claim means the same without
it (a leaderboard's name beside an exact rating), and leaves it open where it may not (the
number format that a model fits in).
"""

from typing import Any

from kb.domain.in_force.judgements import Likeness
from kb.linking.compared_claims import Comparison
from kb.linking.wording import level_wording
from kb.models.names import parse_model_name

_MAY_GO_UNSAID = frozenset(
    ("board", "hardware", "artefacts", "clause", "document", "dated", "promised_for")
)
_NAMES = frozenset(("compared_to", "artefacts"))
_ELSEWHERE = frozenset(("note", "benchmark"))  # no condition; told by the metric


def compare_conditions(
    left: dict[str, Any], right: dict[str, Any], *, is_in_words: bool
) -> Comparison | None:
    """Return what keeps the claims apart or leaves it open; None when nothing does.

    A claim in words (`is_in_words`) names what it compares with by itself.
    """
    if left == right:
        return None
    may_go_unsaid = _MAY_GO_UNSAID | ({"compared_to"} if is_in_words else set())
    unsure: Comparison | None = None
    for name in sorted((left.keys() | right.keys()) - _ELSEWHERE):
        if name in left and name in right:
            found = _compare(name, left[name], right[name])
        elif name == "promised":
            return Comparison(Likeness.DIFFERENT, 0.0, "one is a promise, the other a statement")
        elif name in may_go_unsaid:
            continue
        else:
            found = Comparison(Likeness.UNSURE, 0.5, f"only one of them states {_say(name)}")
        if found is not None and found.outcome is Likeness.DIFFERENT:
            return found
        unsure = unsure or found
    return unsure


def _compare(name: str, left: Any, right: Any) -> Comparison | None:
    if name in _NAMES:
        return _compare_names(name, left, right)
    if name == "hardware":
        return _compare_hardware(str(left), str(right))
    if _fold(left) == _fold(right):
        return None
    return Comparison(Likeness.DIFFERENT, 0.0, f"{_say(name)} differs: {left} and {right}")


def _compare_names(name: str, left: list[str], right: list[str]) -> Comparison | None:
    a, b = ({parse_model_name(name).key or name for name in side} for side in (left, right))
    if a == b:
        return None
    if a < b or b < a:
        return Comparison(Likeness.UNSURE, 0.5, f"one of them names more ({_say(name)})")
    return Comparison(Likeness.DIFFERENT, 0.0, f"{_say(name)} differs")


def _compare_hardware(left: str, right: str) -> Comparison | None:
    a, b = level_wording(left), level_wording(right)
    if a.form == b.form:
        return None
    if a.numbers != b.numbers or (a.names - b.names and b.names - a.names):
        return Comparison(Likeness.DIFFERENT, 0.0, f"hardware differs: {left} and {right}")
    return Comparison(Likeness.UNSURE, 0.5, f"hardware may differ: {left} and {right}")


def _fold(value: Any) -> str:
    return "".join(c for c in str(value).casefold() if c.isalnum() or c in ".<>=")


def _say(name: str) -> str:
    return name.replace("_", " ")
