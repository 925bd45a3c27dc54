"""How a claim was tested, how it was judged, and what would change its verdict, in plain words."""

from collections import Counter
from collections.abc import Callable, Iterator

from dashboard.parts.layout import show, show_section
from dashboard.reads.published import Row
from dashboard.wording.markup import join, make_facts, tag
from dashboard.wording.words import write_exact, write_quantity
from kb.domain.claim_types import Direction, find_claim_type
from kb.domain.outcomes import Basis
from kb.rules.discovery import find_rules
from kb.text.counting import count_things


def show_testing(claim: Row, measurements: list[Row], trials: list[Row]) -> None:
    """Show how the claim was tested and judged, and what would change the verdict."""
    show_section("How it was tested, and what would change this verdict")
    rule = next((rule for rule in find_rules() if rule.label == claim["rule"]), None)
    judged = f"Rule {claim['rule']}. {rule.plain}" if rule else f"Rule {claim['rule']}."
    changes = [
        words for words in (tell_margin(claim), rule.would_change if rule else None) if words
    ]
    facts = make_facts(
        [
            ("Tested", join(tag("p", words) for words in tell_tests(measurements, trials))),
            ("Judged", judged if claim["rule"] else None),
            ("Would change it", join(tag("p", words) for words in changes) if changes else None),
        ]
    )
    show(tag("div", facts, css="ac-rule"))


def tell_tests(measurements: list[Row], trials: list[Row]) -> list[str]:
    """Return a sentence or two for each test here, and who else the verdict rests on."""
    asked = Counter(row["plan_id"] for row in trials)
    plans = {row["plan_id"]: row for row in measurements if row["probe"]}
    told = [_tell_plan(row, asked[plan_id]) for plan_id, row in sorted(plans.items())]
    told += _tell_others([row for row in measurements if row["in_verdict"] and not row["probe"]])
    return told or ["It was not tested here, and no result that bears on it is on record."]


def _tell_plan(row: Row, asked: int) -> str:
    tell = _PROBES.get(row["probe"])
    words = tell(row["parameters"] or {}, asked) if tell else "It was tested here."
    return f"{words} Test: {row['probe']}, version {row['probe_version']}, seed {row['plan_seed']}."


def _tell_ladder(parameters: Row, asked: int) -> str:
    lengths = ", ".join(write_exact(length) for length in parameters.get("lengths", []))
    rules, alpha = parameters.get("rules") or {}, parameters.get("alpha")
    budget = parameters.get("budget_tokens")
    parts = [
        f"The released weights were served here and asked {count_things(asked, 'question')}, in "
        f"rounds of fourteen kinds, on texts of {lengths} tokens."
    ]
    if budget:
        parts.append(f"Asking stopped once the answer was clear, or at {budget:,} tokens in all.")
    if rules:
        parts.append(
            f"A length counts as used at a mean score of {rules['absolute']:.1%}, by one rule, "
            f"and at {rules['relative']:.0%} of the score on the shortest texts, by the other."
        )
    if alpha:
        parts.append(f"The whole is wrong with a chance of {alpha:.0%} at most.")
    return " ".join(parts)


def _tell_window(parameters: Row, asked: int) -> str:
    first = write_exact(parameters.get("first_window"))
    return (
        f"The engine was started here with a window of {first} tokens, then with shorter ones, "
        "until one was served, filled and answered."
    )


def _tell_memory(parameters: Row, asked: int) -> str:
    windows = ", ".join(write_exact(window) for window in parameters.get("windows", []))
    return (
        f"The engine was started here with windows of {windows} tokens, each was filled, and the "
        "peak of its memory was taken."
    )


def _tell_config(parameters: Row, asked: int) -> str:
    return "The figures were read off the release's own headers and configuration."


_PROBES: dict[str, Callable[[Row, int], str]] = {
    "context_ladder": _tell_ladder,
    "accepted_window": _tell_window,
    "memory_fit": _tell_memory,
    "config_facts": _tell_config,
}


def _tell_others(rows: list[Row]) -> Iterator[str]:
    for basis, words in (
        (Basis.READ_FROM_RELEASE, "Read in what was released"),
        (Basis.REPORTED_BY_OTHERS, "Not repeated here, but reported by others"),
    ):
        found = [row for row in rows if row["basis"] == basis.value]
        if found:
            yield f"{words}: {', '.join(dict.fromkeys(_name_finder(row) for row in found))}."


def _name_finder(row: Row) -> str:
    name = row["reported_by"] or row["model"]
    return f"{name} ({row['as_of']})" if row["as_of"] else str(name)


def tell_margin(claim: Row) -> str | None:
    """Return how the interval that was found lies to the claim, where both are of one unit.

    None where more is not what is claimed, or no interval is known.
    """
    low, high, claimed = claim["found_low"], claim["found_high"], claim["claimed_value"]
    if None in (low, high, claimed) or claim["found_unit"] != claim["unit"] or low == high:
        return None
    if find_claim_type(claim["claim_type"]).direction is not Direction.MORE:
        return None
    said, lower, upper = (write_quantity(figure, claim["unit"]) for figure in (claimed, low, high))
    if high < claimed:
        return (
            f"The interval found ends at {upper}, short of the claimed {said}. A result whose "
            "whole interval lies at the claim or beyond it would speak for it."
        )
    if low >= claimed:
        return (
            f"The interval found begins at {lower}, no less than the claimed {said}. A result "
            "whose whole interval lies below the claim would speak against it."
        )
    return (
        f"The interval found runs from {lower} to {upper} and holds the claimed {said}. More "
        "questions would narrow it, until it lies on one side."
    )
