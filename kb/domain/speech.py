"""Who says a claim: the ways in which words reach a document, and the kinds of speakers."""

from enum import StrEnum


class Passing(StrEnum):
    """How a document passes somebody else's words on."""

    QUOTED = "quoted"
    REPORTED = "reported"


class SpeechKind(StrEnum):
    """On what ground somebody is named as the maker of a claim; the strongest comes first.

    Only the first two charge a vendor with a claim.
    """

    OWN_DOCUMENT = "own_document"
    QUOTED = "quoted"
    RELEASE = "release"
    QUOTED_OTHER = "quoted_other"
    OTHER_DOCUMENT = "other_document"
    REPORTED = "reported"
    QUESTION = "question"


CHARGES_VENDOR = frozenset({SpeechKind.OWN_DOCUMENT, SpeechKind.QUOTED})

SPEECH_LABELS: dict[SpeechKind, str] = {
    SpeechKind.OWN_DOCUMENT: "in a document of its own",
    SpeechKind.QUOTED: "in words that a document quotes",
    SpeechKind.RELEASE: "read in the release's own files; the vendor's documents do not say it",
    SpeechKind.QUOTED_OTHER: "in words that a document quotes; the vendor does not say it",
    SpeechKind.OTHER_DOCUMENT: "in their own words; no document of the vendor says it",
    SpeechKind.REPORTED: "reporting what somebody else is said to have claimed",
    SpeechKind.QUESTION: "a question of ours: nobody on record made this claim",
}
