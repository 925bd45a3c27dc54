"""How a claim was tested and judged, and what would change its verdict, in plain words."""

from collections.abc import Iterator

from dashboard.parts.events import write_partial_day
from dashboard.parts.layout import show, show_section
from dashboard.reads.published import Row
from dashboard.wording.markup import join, make_facts, tag
from dashboard.wording.words import write_quantity
from kb.domain.claim_types import Direction, find_claim_type
from kb.domain.outcomes import Basis
from kb.rules.discovery import find_rules


def show_testing(claim: Row, measurements: list[Row]) -> None:
    """Show how the claim was tested and judged, and what would change the verdict."""
    show_section("How it was tested, and what would change the verdict")
    rule = next((rule for rule in find_rules() if rule.label == claim["rule"]), None)
    judged = f"Rule {claim['rule']}. {rule.plain}" if rule else f"Rule {claim['rule']}."
    changes = [
        words for words in (tell_margin(claim), rule.would_change if rule else None) if words
    ]
    facts = make_facts(
        [
            ("Tested", join(tag("p", words) for words in tell_tests(measurements))),
            ("Rule applied", judged if claim["rule"] else None),
            (
                "What would change this verdict",
                join(tag("p", words) for words in changes) if changes else None,
            ),
        ]
    )
    show(tag("div", facts, css="ac-rule"))


def tell_tests(measurements: list[Row]) -> list[str]:
    """Return a sentence or two for each test here, and who else the verdict rests on."""
    plans = {row["plan_id"]: row for row in measurements if row["probe"]}
    told = [_tell_plan(row) for _, row in sorted(plans.items())]
    told += _tell_others([row for row in measurements if row["in_verdict"] and not row["probe"]])
    return told or ["We have not tested this claim, and no result is on record."]


def _tell_plan(row: Row) -> str:
    words = row["plan_description"] or "We tested it."
    probe = f"{row['probe']}, version {row['probe_version']}, seed {row['plan_seed']}"
    return f"{words} Probe: {probe}."


def _tell_others(rows: list[Row]) -> Iterator[str]:
    for basis, words in (
        (Basis.READ_FROM_RELEASE, "Read from the release"),
        (Basis.REPORTED_BY_OTHERS, "Reported elsewhere, not repeated by us"),
        (Basis.COMPUTED, "Computed from its architecture"),
        (Basis.STATED_BY_VENDOR, "Stated by the vendor itself"),
    ):
        found = [row for row in rows if row["basis"] == basis.value]
        if found:
            yield f"{words}: {', '.join(dict.fromkeys(_name_finder(row) for row in found))}."


def _name_finder(row: Row) -> str:
    name = row["reported_by"] or row["model"]
    return f"{name} ({write_partial_day(row['as_of'])})" if row["as_of"] else str(name)


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
        return f"The interval ends at {upper}, short of the claimed {said}."
    if low >= claimed:
        return (
            f"The interval starts at {lower}, no lower than the claimed {said}. A result whose "
            "whole interval lies below the claim would count against it."
        )
    return (
        f"The interval runs from {lower} to {upper} and includes the claimed {said}. More "
        "questions would narrow it until it lies on one side."
    )
