"""SQLModel tables: columns only. Importing this registers every table."""

from kb.tables.audits import Audit, AuditCorrection, AuditJudgement
from kb.tables.base import METADATA
from kb.tables.battles import Battle, Contest, Reply
from kb.tables.claims import Claim, Sighting
from kb.tables.evidence import Environment, Measurement, Plan, Trial
from kb.tables.judgements import Judgement
from kb.tables.models import Model, Release
from kb.tables.replies import VendorReply
from kb.tables.reviews import ReviewDecision
from kb.tables.revisions import Assertion, Correction, Revision
from kb.tables.sources import Reading, Snapshot, Source
from kb.tables.verdicts import Verdict, VerdictEvidence

TABLES = (
    Source,
    Snapshot,
    Reading,
    Model,
    Release,
    Claim,
    Sighting,
    Judgement,
    Plan,
    Environment,
    Trial,
    Measurement,
    Verdict,
    VerdictEvidence,
    Contest,
    Reply,
    Battle,
    VendorReply,
    Revision,
    Assertion,
    Correction,
    ReviewDecision,
    Audit,
    AuditJudgement,
    AuditCorrection,
)
# Versions of record files stand in the repository, and what is not in force is not published.
PUBLISHED = tuple(table for table in TABLES if table not in (Revision, Assertion))

__all__ = [
    "METADATA",
    "PUBLISHED",
    "TABLES",
    "Assertion",
    "Audit",
    "AuditCorrection",
    "AuditJudgement",
    "Battle",
    "Claim",
    "Contest",
    "Correction",
    "Environment",
    "Judgement",
    "Measurement",
    "Model",
    "Plan",
    "Reading",
    "Release",
    "Reply",
    "ReviewDecision",
    "Revision",
    "Sighting",
    "Snapshot",
    "Source",
    "Trial",
    "VendorReply",
    "Verdict",
    "VerdictEvidence",
]
