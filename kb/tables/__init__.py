"""SQLModel tables: columns only. Importing this registers every table."""

from kb.tables.base import METADATA
from kb.tables.battles import Battle, Contest, Reply
from kb.tables.claims import Claim, Sighting
from kb.tables.evidence import Environment, Measurement, Plan, Trial
from kb.tables.judgements import Judgement
from kb.tables.models import Model, Release
from kb.tables.replies import VendorReply
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
)

__all__ = [
    "METADATA",
    "TABLES",
    "Battle",
    "Claim",
    "Contest",
    "Environment",
    "Judgement",
    "Measurement",
    "Model",
    "Plan",
    "Reading",
    "Release",
    "Reply",
    "Sighting",
    "Snapshot",
    "Source",
    "Trial",
    "VendorReply",
    "Verdict",
    "VerdictEvidence",
]
