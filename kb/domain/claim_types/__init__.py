"""Claim types, declared in one place for extraction, validation, verdicts and pages."""

from kb.domain.claim_types.catalogue import CLAIM_TYPES, find_claim_type
from kb.domain.claim_types.kinds import ClaimType, Direction, Operator, ValueKind
from kb.domain.claim_types.recognition import CountPattern, LabelPattern, Recognition

__all__ = [
    "CLAIM_TYPES",
    "ClaimType",
    "CountPattern",
    "Direction",
    "LabelPattern",
    "Operator",
    "Recognition",
    "ValueKind",
    "find_claim_type",
]
