"""Verdicts and the measurements they rest on."""

from datetime import datetime

from sqlmodel import Field

from kb.tables.base import JSON_COLUMN, NULLABLE_JSON_COLUMN, JsonObject, Table, UtcDateTime

_OUTCOMES = (
    "supported, overstated, refuted, inconclusive (not settled), wrong_artefact "
    "(wrong model), not_testable, pending or untested."
)


class Verdict(Table, table=True):
    """What the evidence says about a claim, under a named rule. Written by the judge stage."""

    id: str = Field(
        primary_key=True,
        description="Made from all it says: claim, rule, outcome, basis, figures, facts, evidence.",
    )
    claim_id: str = Field(foreign_key="claim.id", index=True, description="The claim judged.")
    outcome: str = Field(index=True, description=_OUTCOMES)
    basis: str = Field(description="What it rests on.")
    rule: str = Field(description="Name and version of the rule, as name/version.")
    explanation: str | None = Field(
        default=None,
        description="The verdict in plain words. Made from the other columns when it is read; only "
        "older verdicts store it.",
    )
    numbers: JsonObject = Field(
        default_factory=dict, sa_type=JSON_COLUMN, description="The figures it rests on."
    )
    facts: JsonObject | None = Field(
        default=None,
        sa_type=NULLABLE_JSON_COLUMN,
        description="What its sentence says beyond claim, figures and evidence; null in verdicts "
        "older than this column.",
    )
    supersedes_id: str | None = Field(
        default=None, foreign_key="verdict.id", description="The verdict before this one."
    )
    judged_at: datetime = Field(sa_type=UtcDateTime, description="When it was given, UTC.")


class VerdictEvidence(Table, table=True):
    """Which measurements a verdict rests on. Written by the judge stage."""

    __tablename__ = "verdict_evidence"

    verdict_id: str = Field(foreign_key="verdict.id", primary_key=True, description="The verdict.")
    measurement_id: str = Field(
        foreign_key="measurement.id", primary_key=True, description="A result it rests on."
    )
    position: int = Field(description="Order of weight: 0 is the figure to set beside the claim.")
