"""What a licence grants: commercial use or not, and patents."""

import re
from collections.abc import Iterator

from kb.licences.clause_rules.wording import FORBIDS, is_about_marks, list_sentences
from kb.licences.terms import Term, make_term
from kb.licences.text.clauses import Clause

_F = re.IGNORECASE
_TITLE_WORDS = 6
# "non-commercial purposes", "academic research purposes"
_NONCOMMERCIAL = (
    r"(?:non-?\s?commercial(?:ly)?(?:\s+(?:scientific|academic|personal|and|or|internal|\w+)){0,2}\s+"
    r"(?:purposes?|uses?|research|basis|manner|activities|evaluation)"
    r"|(?:academic|scientific|educational|research|evaluation|personal)(?:\s+(?:and|or|,)?\s*\w+){0,3}\s+purposes?)"
)
# "solely for non-commercial research use", "for research purposes only"
_ONLY_FOR = (
    re.compile(
        rf"\b(?:only|solely|exclusively|strictly|limited\s+to|restricted\s+to)\b[^.;]{{0,120}}?{_NONCOMMERCIAL}",
        _F,
    ),
    re.compile(rf"{_NONCOMMERCIAL}[^.;]{{0,60}}?\b(?:only|solely|exclusively)\b", _F),
)
# "grants you a licence … for non-commercial use": the grant reaches no further.
_GRANTED_FOR = re.compile(
    r"\bgrant\w*\b[^.;]{0,600}\bfor\b[^.;]{0,80}\bnon-?\s?commercial\b[^.;]{0,40}\b(?:purposes?|use|research)",
    _F,
)
# What is barred elsewhere: "any commercial use", "commercialise", "in a commercial product"
_COMMERCIAL = re.compile(
    r"\b(?:commercial(?:ly)?\s+(?:or\s+\w+\s+)?(?:use|purpos\w+|exploit\w*|activit\w+|applications?|gain|settings?|products?|services?|means)"
    r"|commerciali[sz]\w+|for\s+commercial|use\s+commercially|commercial\s+or\s+production)\b",
    _F,
)
# "except for commercial use" under a ban, "does not restrict": the sense turns round.
_REVERSED = re.compile(r"\b(?:except|unless|other than|does not (?:restrict|limit|prohibit))\b", _F)
# "You may not modify"; Creative Commons: "produce and reproduce, but not Share, Adapted Material"
_NO_CHANGES = re.compile(
    r"\bbut\s+not\s+share,?\s+adapted\s+material|\b(?:may|shall|must|can|will)\s*not\s+(?:\w+,?\s+){0,4}?"
    r"(?:modify|adapt|creat\w*\s+derivative|distribute\s+(?:modified|derivative))\b",
    _F,
)
# BSD has "Redistribution and use … are permitted", MIT "Permission is hereby granted … to deal"
_USE_GRANT = re.compile(
    r"\b(?:grant\w*|licen[sc]ed?|permission|permitted|may|free)\b[^.;]{0,300}\b(?:us(?:e|ing)|reproduce|copy|distribut\w+|share|deal|exercise)\b"
    r"|\b(?:use|redistribution)\b[^.;]{0,120}\b(?:is|are)\s+(?:hereby\s+)?(?:permitted|granted|allowed)\b"
    r"|\bgives?\b[^.;]{0,60}\bpermission\b",
    _F,
)
# "grants You a … patent license to make, have made, use"
_PATENT_GRANT = (
    re.compile(
        r"\b(?:grant\w*|permission|licen[sc]es?)\b[^;]{0,400}?\bpatents?\b(?!\s*(?:infring|litigat))",
        _F,
    ),
    re.compile(r"\bpatent\s+licen[sc]e[^.;]{0,40}\bto\s+(?:make|use)", _F),
)
# "no patent license is granted", "patent rights are not licensed": Creative Commons says so.
_NO_PATENT = re.compile(
    r"\b(?:no(?!-)|not|neither|nor|without\s+(?:any\s+)?(?=patent)|never|waive\w*|excluding|terminat\w+|retain\w*|notices?)\b[^.;]{0,120}\bpatent"
    r"|\bpatents?\b[^.;]{0,80}\b(?:not|reserved|waived|notices?)\b",
    _F,
)
# A patent that is only spoken of is none that is granted.
_GRANTS = re.compile(
    r"\b(?:hereby|grants?|is granted|are granted|permission|irrevocable|royalty)\b", _F
)


def read_commercial(clause: Clause) -> Iterator[Term]:
    """Yield what bars commercial use."""
    for start, sentence, whole in list_sentences(clause):
        if is_about_marks(sentence) or _COMMERCIAL_LEFT_FREE.search(whole):
            continue
        if _bars_commerce(sentence, whole):
            yield make_term("no_commercial_use", True, clause, start, start + len(sentence))


# "for commercial and non-commercial use": both are named, none is barred.
_COMMERCIAL_LEFT_FREE = re.compile(
    r"\b(?:commercial\s+(?:and|or|as\s+well\s+as)\s+non-?\s?commercial|commercial\s+use\s+is\s+(?:permitted|allowed)"
    r"|non-?\s?commercial\s+(?:and|or|as\s+well\s+as)\s+commercial|research\s*(?:&|and|,)\s*non-?commercial\s+or\s+commercial)\b",
    _F,
)


def _bars_commerce(sentence: str, whole: str) -> bool:
    if any(pattern.search(sentence) for pattern in _ONLY_FOR) or _GRANTED_FOR.search(sentence):
        return True
    match = _COMMERCIAL.search(sentence)
    if match is None or re.search(r"non-?\s?$", sentence[: match.start()], _F):
        return False
    before = f"{whole[: len(whole) - len(sentence)]}{sentence[: match.end() + 60]}"
    return FORBIDS.search(before) is not None and not _REVERSED.search(before)


def read_no_changes(clause: Clause) -> Iterator[Term]:
    """Yield bans on changed versions, or on passing them on."""
    for start, sentence, whole in list_sentences(clause):
        if _NO_CHANGES.search(sentence) and not (_REVERSED.search(whole) or is_about_marks(whole)):
            yield make_term("no_derivatives", True, clause, start, start + len(sentence))


def read_use_grant(clause: Clause) -> Iterator[Term]:
    """Yield the sentences that grant use at all."""
    for start, sentence, _ in list_sentences(clause):
        if _USE_GRANT.search(sentence) and not FORBIDS.search(sentence):
            yield make_term("use_grant", True, clause, start, start + len(sentence))


def read_patents(clause: Clause) -> Iterator[Term]:
    """Yield express grants of patent rights."""
    for start, sentence, whole in list_sentences(clause):
        is_title = len(sentence.split()) <= _TITLE_WORDS
        if is_title or "patent" not in sentence.lower() or _NO_PATENT.search(sentence):
            continue
        if _GRANTS.search(whole) and any(pattern.search(whole) for pattern in _PATENT_GRANT):
            yield make_term("patent_grant", True, clause, start, start + len(sentence))
