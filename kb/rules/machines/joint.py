"""The rule about claims made together: is there one configuration in which all of them hold?"""

from collections.abc import Iterator

from kb.domain.outcomes import Outcome
from kb.rules.case import Case, Evidence
from kb.rules.machines.predictions import (
    CACHE_SAVING,
    find_predictions,
    fits,
    get_longest,
    get_possible,
    is_of,
    say_predictions,
)
from kb.rules.rule import Finding, Rule, VerdictFact
from kb.rules.wording import join_names, write_number

_HARDWARE, _PRECISION, _TOKENS = "hardware", "precision", "context_tokens"


def judge_joint(case: Case) -> Finding | None:
    """Refuted by a pair that cannot hold together; supported if all hold even at the worst."""
    said = case.claim.conditions
    if case.claim.claim_type != "joint" or said.hardware is None:
        return None
    computed = find_predictions(case, said.hardware)
    if not computed:
        return None
    if excluding := list(_find_excluding(said.precision, said.context_tokens, computed)):
        return Finding(Outcome.REFUTED, computed, facts={"excluding": excluding})
    meant = [one for one in computed if said.precision is None or is_of(one, said.precision)]
    if not meant:
        return None
    holds = any((one.low or 0.0) >= (said.context_tokens or 1) for one in meant)
    return Finding(Outcome.SUPPORTED if holds else Outcome.INCONCLUSIVE, computed)


def _find_excluding(
    precision: str | None, tokens: int | None, computed: tuple[Evidence, ...]
) -> Iterator[list[str]]:
    """Conditions that exclude each other; all three only where every pair is possible."""
    in_precision = _select(precision, computed)
    is_pair_excluded = False
    if in_precision and not any(fits(one) for one in in_precision):
        is_pair_excluded = True
        yield [_HARDWARE, _PRECISION]
    if tokens is not None and _find_possible(computed) < tokens:
        is_pair_excluded = True
        yield [_HARDWARE, _TOKENS]
    together = _find_possible(in_precision or computed)
    if not is_pair_excluded and tokens is not None and together < tokens:
        yield [_HARDWARE, _PRECISION, _TOKENS]


def _select(precision: str | None, computed: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    return tuple(one for one in computed if precision is not None and is_of(one, precision))


def _find_longest(computed: tuple[Evidence, ...]) -> float:
    return max(get_longest(one) for one in computed)


def _find_possible(computed: tuple[Evidence, ...]) -> float:
    return max(get_possible(one) for one in computed)


def say_joint(verdict: VerdictFact) -> str:
    """Whether all hold together, what excludes what, and what the arithmetic gives."""
    hardware = verdict.claim.conditions.hardware or ""
    computed = say_predictions(hardware, verdict.evidence)
    if verdict.outcome is Outcome.REFUTED:
        told = [_say_excluded(verdict, names) for names in verdict.facts["excluding"]]
        return f"This cannot all hold at once: {'; '.join(told)}. {computed}"
    if verdict.outcome is Outcome.SUPPORTED:
        return f"One configuration satisfies all of it. {computed}"
    return f"It is open whether all of it can hold at once: the bounds disagree. {computed}"


def _say_excluded(verdict: VerdictFact, names: list[str]) -> str:
    said, computed = verdict.claim.conditions, verdict.evidence
    tokens = f"{write_number(said.context_tokens)} tokens"
    if names == [_HARDWARE, _PRECISION]:
        fitting = join_names(one.conditions.precision or "" for one in computed if fits(one))
        rest = f"{fitting} would fit" if fitting else "nor does any other number format"
        return f"{said.precision} weights do not fit on {said.hardware} ({rest})"
    if names == [_HARDWARE, _TOKENS]:
        room = _say_room(computed)
        return f"{tokens} do not fit in the memory of {said.hardware} in any number format ({room})"
    room = _say_room(_select(said.precision, computed) or computed)
    beside = f"beside {said.precision} weights"
    return f"{tokens} do not fit in the memory of {said.hardware} {beside} ({room})"


def _say_room(computed: tuple[Evidence, ...]) -> str:
    longest, possible = _find_longest(computed), _find_possible(computed)
    return (
        f"at most {write_number(longest)} with the KV cache in 16 bits, {write_number(possible)} "
        f"in {16 // CACHE_SAVING}"
    )


RULE = Rule(
    name="joint",
    version=2,
    order=140,
    plain="Claims about one product must hold together: one machine, one number format, one "
    "prompt length. The verdict names the two that contradict each other, by arithmetic from the "
    "model's architecture, even with a KV cache in 4 bits. A combination that nobody claimed is a "
    "question of ours, and the verdict says so.",
    would_change="A run on one such machine, in one number format, at the claimed prompt length "
    "would show that the claims hold together; so would a corrected architecture of the model.",
    judge=judge_joint,
    say=say_joint,
)
