"""Where rights don't reach: regions that are left out, and suits that end them."""

import re
from collections.abc import Iterator

from kb.licences.clause_rules.wording import list_sentences
from kb.licences.terms import Term, make_term
from kb.licences.text.clauses import Clause

_F = re.IGNORECASE
# Regions that licences of models have left out so far, and those of export rules.
_REGIONS = {
    "European Union": r"european\s+union|\bEU\b", "European Economic Area": r"european\s+economic\s+area|\bEEA\b",
    "United Kingdom": r"united\s+kingdom|\bUK\b", "South Korea": r"south\s+korea|republic\s+of\s+korea",
    "China": r"(?:people's\s+republic\s+of\s+)?china\b|\bPRC\b", "United States": r"united\s+states|\bU\.S\.A?\b",
    "Russia": r"\brussian?\b(?:\s+federation)?", "Iran": r"\biran\b", "North Korea": r"north\s+korea",
    "Cuba": r"\bcuba\b", "Syria": r"\bsyria\b", "Crimea": r"\bcrimea\b", "Switzerland": r"\bswitzerland\b",
    "Japan": r"\bjapan\b", "India": r"\bindia\b", "Belarus": r"\bbelarus\b", "Canada": r"\bcanada\b",
    "Brazil": r"\bbrazil\b", "Hong Kong": r"\bhong\s+kong\b", "Taiwan": r"\btaiwan\b",
}  # fmt: skip
_COMPILED = {name: re.compile(pattern, _F) for name, pattern in _REGIONS.items()}
# "the rights are not granted to individuals domiciled in the EU", "outside the Territory"
_LEFT_OUT = re.compile(
    r"\b(?:(?:is|are|being)\s+not\s+(?:being\s+)?(?:granted|licensed|available|permitted|authori[sz]ed|offered)|does\s+not\s+apply|do\s+not\s+apply"
    r"|exclud\w+|except(?:ing|\s+for|\s+in)?|other\s+than|outside(?:\s+of)?\s+the\s+territory|not\s+(?:be\s+)?(?:granted|available|permitted|used)"
    r"|(?:may|shall|must|will|can)\s*not\b|cannot|prohibited)\b",
    _F,
)
# "governed by the laws of the People's Republic of China" leaves nobody out.
_ABOUT_COURTS = re.compile(
    r"\b(?:govern(?:ed|ing)|conventions?|jurisdiction|construed|courts?|arbitrat\w+|governing\s+law|conflicts?\s+of\s+laws?"
    r"|copyright\s+law|administration\s+regulations)\b",
    _F,
)
# "If You institute patent litigation", "bring a claim", "file suit"
_SUIT = re.compile(
    r"\b(?:institut|initiat|commenc|fil|br(?:ing|ought)|assert|pursu|threaten|engag|participat)\w*\b[^.]{0,160}?"
    r"\b(?:litigation|proceedings?|lawsuits?|legal\s+action|claims?|suits?|actions?)\b",
    _F,
)
# "any licenses granted … shall terminate"
_ENDS = re.compile(
    r"\b(?:terminat\w+|cease[sd]?|revok\w+|(?:rights|licen[sc]es?)[^.;]{0,60}\bend\b|forfeit\w*|automatically\s+end)\b",
    _F,
)
# A suit about patents or copyright: one about debts ends no licence.
_PROPERTY = re.compile(r"\b(?:infring\w+|patents?|intellectual\s+property|copyrights?)\b", _F)


def read_regions(clause: Clause) -> Iterator[Term]:
    """Yield regions that a clause leaves out, each with its words."""
    for start, sentence, _ in list_sentences(clause):
        if _ABOUT_COURTS.search(sentence) or not _LEFT_OUT.search(sentence):
            continue
        for name, pattern in _COMPILED.items():
            if pattern.search(sentence):
                yield make_term(
                    "geographic_restrictions", name, clause, start, start + len(sentence)
                )


def read_ends(clause: Clause) -> Iterator[Term]:
    """Yield clauses by which a suit over intellectual property ends rights."""
    for start, sentence, _ in list_sentences(clause):
        suit = _SUIT.search(sentence)
        if suit and _PROPERTY.search(sentence) and _ENDS.search(sentence, suit.start()):
            yield make_term("termination_on_litigation", True, clause, start, start + len(sentence))
