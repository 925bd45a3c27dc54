"""Both ends of an effective context, and by which kind of scoring rule it was found."""

from kb.rules.case import Evidence

EFFECTIVE, ACCEPTED, SERVED = "effective_context", "accepted_context", "served_context"
TRAINED, PAST = "trained_context", "past_served_context"
ABSOLUTE, RELATIVE = "absolute", "relative"
KINDS = (ABSOLUTE, RELATIVE)  # how the names of our own rules begin


def find_kind(result: Evidence) -> str | None:
    """Return which of our own kinds of rule found it, if one did."""
    rule = result.conditions.rule or ""
    return next((kind for kind in KINDS if rule.startswith(kind)), None)


def get_upper(result: Evidence) -> float:
    """The longest length that is not excluded."""
    return (result.high if result.high is not None else result.value) or 0.0


def get_lower(result: Evidence) -> float:
    """The longest length that is shown."""
    return (result.low if result.low is not None else result.value) or 0.0
