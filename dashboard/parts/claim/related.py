"""Related claims: those that contradict it, those about the same model, those about its family."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf

from dashboard.parts.claim_list import make_claims_table
from dashboard.parts.layout import show, show_section
from dashboard.reads.published import Row
from dashboard.wording.markup import tag
from kb.domain.claim_types import Direction, Operator, find_claim_type
from kb.text.counting import count_things

_MOST = 12
_REMARKS = ("note", "quote")


@dataclass(frozen=True)
class Related:
    """Claims of the same type: on the same model with other figures or not, on its family."""

    otherwise: list[Row]
    same_model: list[Row]
    family: list[Row]


def find_related(claim: Row, claims: Iterable[Row], roots: dict[str, str]) -> Related:
    """Return the claims of the same type and test that stand beside `claim`."""
    found = Related([], [], [])
    root = roots.get(claim["model_id"], claim["model_id"])
    for row in claims:
        same_test = all(row[key] == claim[key] for key in ("claim_type", "metric"))
        if row["claim_id"] == claim["claim_id"] or not same_test:
            continue
        if row["model_id"] == claim["model_id"]:
            (found.otherwise if contradict(claim, row) else found.same_model).append(row)
        elif roots.get(row["model_id"], row["model_id"]) == root:
            found.family.append(row)
    return found


def contradict(claim: Row, other: Row) -> bool:
    """Whether two figures under the same conditions cannot both be true as they were said."""
    if None in (claim["claimed_value"], other["claimed_value"]) or claim["unit"] != other["unit"]:
        return False
    if _strip(claim["conditions"]) != _strip(other["conditions"]):
        return False
    (low, high), (other_low, other_high) = _find_range(claim), _find_range(other)
    return low > other_high or other_low > high


def _strip(conditions: Row | None) -> Row:
    return {key: value for key, value in (conditions or {}).items() if key not in _REMARKS}


def _find_range(row: Row) -> tuple[float, float]:
    """What a claim lets be true; 'up to 10M tokens' says that 10M is reached."""
    value = row["claimed_value"]
    high = max(value, row["claimed_high"] or value)
    reaches = find_claim_type(row["claim_type"]).direction is Direction.MORE
    if row["operator"] in (Operator.AT_LEAST, Operator.MORE_THAN):
        return value, inf
    if row["operator"] in (Operator.AT_MOST, Operator.LESS_THAN) and not reaches:
        return -inf, high
    return value, high


def show_related(claim: Row, claims: list[Row], roots: dict[str, str]) -> None:
    """Show the claims beside it; nothing where there are none."""
    related = find_related(claim, claims, roots)
    parts = (
        ("Claims that contradict it", related.otherwise),
        ("Other claims about the same model", related.same_model),
        ("Claims about other models in the family", related.family),
    )
    total = sum(len(rows) for _, rows in parts)
    if not total:
        return
    show_section("Related claims", f"{count_things(total, 'claim')} of the same type.")
    for title, rows in parts:
        if rows:
            show(tag("h3", title), make_claims_table(rows[:_MOST]))
            if len(rows) > _MOST:
                show(tag("p", f"{len(rows) - _MOST:,} more in the list of claims."))
