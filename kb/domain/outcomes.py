"""What a verdict can say, and what it can rest on, with the words for readers."""

from enum import StrEnum


class Outcome(StrEnum):
    """The eight outcomes."""

    SUPPORTED = "supported"
    OVERSTATED = "overstated"
    REFUTED = "refuted"
    INCONCLUSIVE = "inconclusive"
    WRONG_ARTEFACT = "wrong_artefact"
    NOT_TESTABLE = "not_testable"
    PENDING = "pending"
    UNTESTED = "untested"


class Basis(StrEnum):
    """Where the evidence of a verdict comes from."""

    MEASURED_HERE = "measured_here"
    READ_FROM_RELEASE = "read_from_release"
    REPORTED_BY_OTHERS = "reported_by_others"
    COMPUTED = "computed"
    STATED_BY_VENDOR = "stated_by_vendor"
    NONE = "none"


class EvidenceKind(StrEnum):
    """What sort of evidence a result that we did not measure is; four things, never one word."""

    RUN = "run"
    DECLARED = "declared"
    ARITHMETIC = "arithmetic"
    DOCUMENT = "document"
    REPORT = "report"


OUTCOME_LABELS: dict[Outcome, tuple[str, str]] = {
    Outcome.SUPPORTED: ("Supported", "The evidence agrees with the claim."),
    Outcome.OVERSTATED: ("Overstated", "The claimed figure was not reached."),
    Outcome.REFUTED: ("Refuted", "The evidence contradicts the claim."),
    Outcome.INCONCLUSIVE: ("Not settled", "The evidence on record leaves it open."),
    Outcome.WRONG_ARTEFACT: ("Wrong model", "True of a model that was not released."),
    Outcome.NOT_TESTABLE: ("Not testable", "Nothing public on record can settle it."),
    Outcome.PENDING: ("Pending", "A promise that is still open."),
    Outcome.UNTESTED: ("Untested", "Nothing on record decides it yet."),
}

BASIS_LABELS: dict[Basis, str] = {
    Basis.MEASURED_HERE: "measured here",
    Basis.READ_FROM_RELEASE: "read from the release",
    Basis.REPORTED_BY_OTHERS: "reported by others",
    Basis.COMPUTED: "by arithmetic",
    Basis.STATED_BY_VENDOR: "stated by the vendor itself",
    Basis.NONE: "no evidence yet",
}

EVIDENCE_LABELS: dict[EvidenceKind, str] = {
    EvidenceKind.RUN: "a run that somebody shows",
    EvidenceKind.DECLARED: "a limit that somebody declares",
    EvidenceKind.ARITHMETIC: "arithmetic",
    EvidenceKind.DOCUMENT: "read in the document itself",
    EvidenceKind.REPORT: "somebody's report",
}
