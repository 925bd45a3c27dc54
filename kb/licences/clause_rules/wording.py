"""Words by which clauses command, forbid and except: shared by the rules."""

import re
from collections.abc import Iterator

from kb.licences.text.clauses import Clause

_FLAGS = re.IGNORECASE
# "You may not", "agrees not to", "is prohibited", "without the prior written consent"
FORBIDS = re.compile(
    r"\b(?:(?:shall|will|may|must|can|do|does|should|would)\s*(?:not\b|n't)|cannot|agrees?\s+(?:that\s+\S+\s+will\s+)?not"
    r"|not\s+to\s+(?:use|do)|(?:is|are|be)\s+not\s+(?:permitted|allowed|authori[sz]ed|licensed|granted)"
    r"|prohibit\w*|forbid\w*|forbidden|disallow\w*|refrain|in no event use|barred|unauthori[sz]ed"
    r"|may\s+only|shall\s+only|restricted\s+from|without\s+(?:the\s+)?(?:prior|express))\b",
    _FLAGS,
)
# "You must", "provided that You", "subject to", "as long as"
DEMANDS = re.compile(
    r"\b(?:must|shall|will|required?|requires|agrees?(?:\s+to)?|needs?\s+to|ha(?:s|ve)\s+to|provided\s+(?:that|you)"
    r"|conditions?|subject\s+to|obligated|obliged|as\s+long\s+as)\b",
    _FLAGS,
)
# "we encourage you to", "optionally": asked for, not demanded
WISHES = re.compile(r"\b(?:encourag\w+|recommend\w*|optional(?:ly)?|may\s+choose)\b", _FLAGS)
# Warranty and indemnity clauses use the words of bans and say nothing on use.
_LIABILITY = re.compile(
    r"\b(?:liable|liability|warrant(?:y|ies)|indemnif\w+|merchantability)\b", _FLAGS
)
# What may not be done with trademarks is no term on the model.
_OF_A_MARK = re.compile(r"\b(?:trade\s?marks?|trade\s?names?|logos?|service marks?)\b", _FLAGS)


def is_about_liability(sentence: str) -> bool:
    """Whether a sentence is of those on warranty and liability, which hold no terms of use."""
    return _LIABILITY.search(sentence) is not None and "notices" not in sentence


def is_about_marks(sentence: str) -> bool:
    """Whether a sentence is about trademarks, not about the model."""
    return _OF_A_MARK.search(sentence) is not None


def list_sentences(clause: Clause) -> Iterator[tuple[int, str, str]]:
    """Yield each sentence of a clause that holds terms: offset, words, words with the lead."""
    for start, sentence in clause.list_sentences():
        if not is_about_liability(sentence):
            yield start, sentence, f"{clause.lead} {sentence}".strip()
