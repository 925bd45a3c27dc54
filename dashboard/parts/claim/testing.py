"""How a claim was tested and judged, and what would change its verdict, in plain words."""

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
    show_section("How it was tested, and what would change the verdict")
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
    return told or ["We have not tested this claim, and no result is on record."]


def _tell_plan(row: Row, asked: int) -> str:
    tell = _PROBES.get(row["probe"])
    words = tell(row["parameters"] or {}, asked) if tell else "We tested it."
    return (
        f"{words} Probe: {row['probe']}, version {row['probe_version']}, seed {row['plan_seed']}."
    )


def _tell_ladder(parameters: Row, asked: int) -> str:
    lengths = ", ".join(write_exact(length) for length in parameters.get("lengths", []))
    rules, alpha = parameters.get("rules") or {}, parameters.get("alpha")
    budget = parameters.get("budget_tokens")
    parts = [
        f"We served the released weights and asked {count_things(asked, 'question')} about texts "
        f"of {lengths} tokens, in rounds of fourteen kinds."
    ]
    if budget:
        parts.append(f"We stopped once the answer was clear, or after {budget:,} tokens in all.")
    if rules:
        parts.append(
            f"A length passes by a fixed score at a mean score of {rules['absolute']:.1%}, and by "
            f"its own score at {rules['relative']:.0%} of the score on the shortest texts."
        )
    if alpha:
        parts.append(f"The error rate of the whole test is at most {alpha:.0%}.")
    return " ".join(parts)


def _tell_window(parameters: Row, asked: int) -> str:
    first = write_exact(parameters.get("first_window"))
    return (
        f"We started the engine with a context limit of {first} tokens, then with lower ones, "
        "until it served one and answered a prompt that filled it."
    )


def _tell_memory(parameters: Row, asked: int) -> str:
    windows = ", ".join(write_exact(window) for window in parameters.get("windows", []))
    return (
        f"We started the engine with context limits of {windows} tokens, filled each one and "
        "recorded the engine's peak memory."
    )


def _tell_config(parameters: Row, asked: int) -> str:
    return "We read the figures from the release's own headers and configuration."


_PROBES: dict[str, Callable[[Row, int], str]] = {
    "context_ladder": _tell_ladder,
    "accepted_window": _tell_window,
    "memory_fit": _tell_memory,
    "config_facts": _tell_config,
}


def _tell_others(rows: list[Row]) -> Iterator[str]:
    for basis, words in (
        (Basis.READ_FROM_RELEASE, "Read from the release"),
        (Basis.REPORTED_BY_OTHERS, "Reported by others, not repeated by us"),
    ):
        found = [row for row in rows if row["basis"] == basis.value]
        if found:
            yield f"{words}: {', '.join(dict.fromkeys(_name_finder(row) for row in found))}."


def _name_finder(row: Row) -> str:
    name = row["reported_by"] or row["model"]
    return f"{name} ({row['as_of']})" if row["as_of"] else str(name)


def tell_margin(claim: Row) -> str | None:
    """Return where the interval lies in relation to the claim, if both have the same unit.

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
            f"The interval ends at {upper}, short of the claimed {said}. A result whose whole "
            "interval reaches the claim would support it."
        )
    if low >= claimed:
        return (
            f"The interval starts at {lower}, no lower than the claimed {said}. A result whose "
            "whole interval lies below the claim would count against it."
        )
    return (
        f"The interval runs from {lower} to {upper} and includes the claimed {said}. More "
        "questions would narrow it until it lies on one side."
    )
