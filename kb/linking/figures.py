"""Claims with a number: the same figure, in whatever way it is written.

Equal are: the same reading (10M, 10 million, 10,000,000), two readings of K or M that meet
(128K and 131,072 tokens), and a count in full beside the same count rounded (1.7B). "About"
and "nearly" change nothing; "over 2T" beside "2T" is a bound beside a figure, and a person
decides; "under 2%" and "over 2%" differ.
"""

from collections.abc import Iterable, Iterator, Sequence

from kb.domain.in_force.judgements import Likeness
from kb.domain.quantities import compute_rounding
from kb.linking.compared_claims import ComparedClaim, Comparison, Pair, make_pair, weaken
from kb.linking.conditions import compare_conditions
from kb.linking.metrics import compare_metrics, could_be_one_test, get_metric

_BINARY_READING = 1.05
_NEAR = 1.06  # no two figures that could be one are further apart: K and M, or a rounding
_EXACT_FROM = 100_000  # a count written out in full, and not a round figure


def find_figure_pairs(block: Sequence[ComparedClaim]) -> Iterator[Pair]:
    """Yield what is found among claims of one model and type, each of another figure key."""
    for a, b in _list_near(block):
        comparison = judge_figures(a, b)
        if comparison is not None:
            yield make_pair(a, b, comparison)


def make_figure_key(claim: ComparedClaim) -> tuple[object, ...]:
    """Return what claims of one model and type share when they say the same."""
    return (
        get_metric(claim),
        claim.claimed_value,
        claim.claimed_high,
        claim.unit,
        claim.side,
        claim.conditions_key,
    )


def _list_near(claims: Iterable[ComparedClaim]) -> Iterator[tuple[ComparedClaim, ComparedClaim]]:
    ordered = sorted(claims, key=lambda claim: (claim.claimed_value or 0.0, claim.id))
    for at, a in enumerate(ordered):
        low, high = a.claimed_value or 0.0, a.claimed_high or a.claimed_value or 0.0
        reach = max(low * _NEAR, high) if low > 0 else high
        for b in ordered[at + 1 :]:
            if (b.claimed_value or 0.0) > reach:
                break
            yield a, b


def judge_figures(a: ComparedClaim, b: ComparedClaim) -> Comparison | None:
    """Return what is found of two claims of one model and type; None when they are not alike."""
    figure = _compare_values(a, b)
    tests = get_metric(a), get_metric(b)
    if figure is None or a.unit != b.unit or not could_be_one_test(*tests):
        return None
    metric = compare_metrics(*tests)
    conditions = compare_conditions(a.conditions, b.conditions, is_in_words=False)
    return weaken([figure, metric, _compare_sides(a, b), conditions])


def _compare_sides(a: ComparedClaim, b: ComparedClaim) -> Comparison | None:
    if a.side == b.side:
        return None
    if a.side and b.side:
        return Comparison(Likeness.DIFFERENT, 0.0, "one says at most, the other at least")
    return Comparison(Likeness.UNSURE, 0.6, "one gives a bound, the other a figure")


def _compare_values(a: ComparedClaim, b: ComparedClaim) -> Comparison | None:
    if a.claimed_value is None or b.claimed_value is None:
        return None
    (a_low, a_high), (b_low, b_high) = _get_readings(a), _get_readings(b)
    if (a_low, a_high) == (b_low, b_high):
        return Comparison(Likeness.SAME, 1.0, "the same figure")
    if _is_range(a) or _is_range(b):
        return None
    if max(a_low, b_low) <= min(a_high, b_high):
        return Comparison(Likeness.SAME, 0.95, "the same figure, by one reading of K or M")
    return _compare_rounded(a, b) or _compare_rounded(b, a)


def _get_readings(claim: ComparedClaim) -> tuple[float, float]:
    low = claim.claimed_value or 0.0
    return low, low if claim.claimed_high is None else claim.claimed_high


def _is_range(claim: ComparedClaim) -> bool:
    low, high = _get_readings(claim)
    return high > low * _BINARY_READING


def _compare_rounded(rounded: ComparedClaim, full: ComparedClaim) -> Comparison | None:
    """Whether `full`, rounded to the digits of `rounded`, is that figure."""
    near, value = rounded.claimed_value or 0.0, full.claimed_value or 0.0
    slack = compute_rounding(rounded.claimed_text, near)
    if not slack or abs(value - near) > slack:
        return None
    if compute_rounding(full.claimed_text, value) == 0.0 and value >= _EXACT_FROM and value % 1000:
        return Comparison(Likeness.SAME, 0.9, "a count in full, and the same count rounded")
    return Comparison(Likeness.UNSURE, 0.7, "one figure may be the other, rounded")
