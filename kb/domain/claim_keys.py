"""What makes two claims the same claim: the fields that its id is made from."""

from kb.domain.claim_types import Operator, ValueKind, find_claim_type
from kb.domain.drafts import ClaimDraft
from kb.domain.ids import make_content_id

_LOWER_BOUNDS = (Operator.AT_LEAST, Operator.MORE_THAN)
_BINARY_READING = 1.05  # two readings of K or M differ by less than this and are no range


def make_claim_id(model_id: str, draft: ClaimDraft) -> str:
    """Return the id of a claim about `model_id`: subject, type, metric, value, conditions.

    Who said it and where belong to its sightings; so do "up to" and "about", and which
    reading of K was meant. "Over" and "at least" don't: over 2% is not under 2%. A statement
    without a number is told apart by its words, white space and case aside.
    """
    proposition: list[object] | str
    if find_claim_type(draft.type).kind is ValueKind.QUANTITY:
        quantity = draft.quantity
        is_range = quantity.high > quantity.low * _BINARY_READING
        proposition = [quantity.low, quantity.high if is_range else None, quantity.unit]
        if quantity.operator in _LOWER_BOUNDS:
            proposition = [*proposition, "at least"]
    else:
        proposition = " ".join(draft.claimed.lower().split())
    conditions = draft.conditions.as_stored()
    conditions.pop("note", None)
    return make_content_id("clm", model_id, draft.type, draft.metric, proposition, conditions)
