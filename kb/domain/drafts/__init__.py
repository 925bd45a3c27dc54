"""Validated drafts of sources, sightings, claims and results.

Nothing enters a table but through a draft. Those of models, releases and whole record files are
in `kb.records.drafts`.
"""

from kb.domain.drafts.claims import (
    AttributionDraft,
    ClaimDraft,
    SightingDraft,
    WithdrawnDraft,
)
from kb.domain.drafts.conditions import Conditions
from kb.domain.drafts.corrections import CorrectionDraft
from kb.domain.drafts.fields import (
    ADDRESS_PATTERN,
    PARTIAL_DATE_PATTERN,
    Address,
    Count,
    Draft,
    Line,
    PartialDate,
    PlainText,
    Prose,
    Sha256,
    SourceKey,
)
from kb.domain.drafts.results import ResultDraft
from kb.domain.drafts.sources import Availability, SourceDraft, SourceKind

__all__ = [
    "ADDRESS_PATTERN",
    "PARTIAL_DATE_PATTERN",
    "Address",
    "AttributionDraft",
    "Availability",
    "ClaimDraft",
    "Conditions",
    "CorrectionDraft",
    "Count",
    "Draft",
    "Line",
    "PartialDate",
    "PlainText",
    "Prose",
    "ResultDraft",
    "Sha256",
    "SightingDraft",
    "SourceDraft",
    "SourceKey",
    "SourceKind",
    "WithdrawnDraft",
]
