"""The rule about claims made together: is there one configuration in which all of them hold?"""

from collections.abc import Iterator

from kb.domain.outcomes import Outcome
from kb.rules.case import Case, Evidence, Finding, Rule, as_plain, join_names, make_numbers
from kb.rules.machines import describe, find_predictions, fits, get_longest, is_of


def judge_joint(case: Case) -> Finding | None:
    """Refuted by a pair that cannot hold together; supported if all hold even at the worst."""
    said = case.claim.conditions
    if case.claim.claim_type != "joint" or said.hardware is None:
        return None
    computed = find_predictions(case, said.hardware)
    if not computed:
        return None
    broken = list(_find_broken(said.hardware, said.precision, said.context_tokens, computed))
    if broken:
        words = f"Cannot all hold: {'; '.join(broken)}. {_describe_all(said.hardware, computed)}"
        return Finding(Outcome.REFUTED, words, computed, make_numbers(pairs=broken))
    meant = [each for each in computed if said.precision is None or is_of(each, said.precision)]
    if not meant:
        return None
    holds = any((each.low or 0.0) >= (said.context_tokens or 1) for each in meant)
    outcome = Outcome.SUPPORTED if holds else Outcome.INCONCLUSIVE
    words = "One configuration satisfies all." if holds else "The arithmetic does not decide."
    return Finding(outcome, f"{words} {_describe_all(said.hardware, computed)}", computed)


def _find_broken(
    hardware: str, precision: str | None, tokens: int | None, computed: tuple[Evidence, ...]
) -> Iterator[str]:
    """Each pair that excludes itself; all three together only where every pair is possible."""
    in_precision = [each for each in computed if precision is not None and is_of(each, precision)]
    pairs = 0
    if in_precision and not any(fits(each) for each in in_precision):
        pairs += 1
        where = join_names(each.conditions.precision or "" for each in computed if fits(each))
        rest = f"it takes {where}" if where else "nor does any other precision"
        yield f"{hardware} and {precision} weights exclude each other ({rest})"
    longest = max(get_longest(each) for each in computed)
    if tokens is not None and longest < tokens:
        pairs += 1
        yield (
            f"{hardware} and {as_plain(tokens)} tokens exclude each other (at most "
            f"{as_plain(longest)} in any precision)"
        )
    together = max((get_longest(each) for each in in_precision), default=longest)
    if not pairs and tokens is not None and together < tokens:
        yield (
            f"{hardware}, {precision} weights and {as_plain(tokens)} tokens exclude each other "
            f"(at most {as_plain(together)})"
        )


def _describe_all(hardware: str, computed: tuple[Evidence, ...]) -> str:
    return f"By arithmetic, on {hardware}: {'; '.join(describe(each) for each in computed)}."


JOINT = Rule(
    "joint",
    1,
    "Claims made together for one product must hold together: one machine, one precision, one "
    "prompt length. The verdict names the pair that excludes itself, by arithmetic on the "
    "model's shape.",
    judge_joint,
    "A run on one such machine, in one precision, at the claimed prompt length would show "
    "that the claims hold together; so would a corrected shape of the model.",
)
