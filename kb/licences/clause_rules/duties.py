"""What whoever passes a model on must do: keep notices, show a name, use the same licence."""

import re
from collections.abc import Iterator

from kb.licences.clause_rules.wording import DEMANDS, FORBIDS, WISHES, list_sentences
from kb.licences.terms import Term, make_term
from kb.licences.text.clauses import Clause

_F = re.IGNORECASE
# "retain all copyright notices", "give appropriate credit", "provide a copy of this Agreement"
_KEEP = r"(?:retain|keep|preserve|includ|reproduc|contain|accompan|display|carry|provid|giv|caus|publish|leave|identif)\w*"
# What is to be kept: notices, credit, a copy of the licence.
_NOTICE = (
    r"(?:copyright\s+(?:notice|statement)|attribution|notices?\b|(?:appropriate|proper)\s+credit|acknowledg\w+"
    r"|(?:a\s+)?cop(?:y|ies)\s+of\s+(?:this|the)\s+(?:\w+\s+){0,3}(?:agreement|licen[sc]e|terms)|permission\s+notice)"
)
_ATTRIBUTES = (
    re.compile(rf"\b{_KEEP}\b[^;]{{0,220}}?\b{_NOTICE}", _F),
    re.compile(
        rf"\b{_NOTICE}[^.;]{{0,120}}\b(?:shall|must)\s+be\s+(?:included|retained|reproduced|kept)",
        _F,
    ),
)
# "you may not remove any copyright notice"
_NOT_REMOVED = re.compile(
    rf"\b(?:may|must|shall|can)\s*not\s+(?:remove|alter|obscure|delete)\b[^.;]{{0,80}}{_NOTICE}", _F
)
# "nothing in this License grants", "You may add Your own attribution": no duty.
_GIVES_NOTHING = re.compile(
    r"\b(?:does\s+not\s+grant|no\s+trademark|nothing\s+in\s+this)\b|^\s*you\s+may\s+(?:add|choose)\b",
    _F,
)
# An item of a list: "(b) retain all notices" under "provided that You:"
_ORDERED = re.compile(rf"^[\s(]*(?:and\s+)?{_KEEP}\b", _F)
_QUOTED = r"(?<!\()(?<!collectively, )\"[^\"()]{2,160}\"(?!\))"  # a definition stands in brackets
# Where a name is to be shown: "on a related website, user interface, blogpost, about page"
_SHOWN_AT = (
    r"(?:website|web\s?site|user\s+interface|\bUI\b|about\s+page|blog\s?post|product\s+documentation|model\s+card"
    r"|publications?|public(?:ly)?\b|prominent(?:ly)?|product|service|advertis\w+|announcement)"
)
# "prominently display “Built with Toyla”", "include “Toyla” at the beginning of any such name"
_NAMES = (
    re.compile(
        rf"\b(?:display|show|indicat|mark|stat|includ|add|attribut|mention)\w*\b[^;]{{0,120}}?{_QUOTED}[^;]{{0,200}}?{_SHOWN_AT}",
        _F,
    ),
    re.compile(
        rf"{_SHOWN_AT}[^;]{{0,100}}?\b(?:display|show|indicat|stat|includ)\w*\b[^;]{{0,100}}?{_QUOTED}",
        _F,
    ),
    re.compile(
        rf"{_QUOTED}[^.;]{{0,60}}?\b(?:at\s+the\s+beginning\s+of|as\s+(?:a|the)\s+prefix|in)\b[^.;]{{0,60}}\bnames?\b",
        _F,
    ),
    re.compile(
        r"\bnames?\b[^.;]{0,120}\b(?:must|shall|should\s+always)\s+(?:begin|start|include|contain)\w*",
        _F,
    ),
    re.compile(r"\bpublic\s+statement\b[^.;]{0,160}\bfollowing\s+statement", _F),
    re.compile(r"\badvertising\s+materials\b[^.;]{0,160}\bmust\s+display", _F),
)
# "within a “Notice” text file": a notice in a file, not a name to be shown.
_IN_A_FILE = re.compile(
    r"\"?notice\"?\s+(?:text\s+)?file|attribution\s+notices?\b|copyright\s+notice|text\s+file", _F
)
# "must be distributed under the same license", the GPL's "as a whole, under this License"
_SAME_LICENCE = (
    re.compile(
        r"\b(?:derivatives?|modif\w+|adapt\w+|based\s+on|covered\s+(?:software|work)|fork|fine-?tuned)\b[^.;]{0,260}?"
        r"\b(?:must|shall|only|provided)\b[^.;]{0,200}?\bunder\s+(?:the\s+)?(?:(?:exact\s+)?(?:same\s+)?terms\s+(?:and\s+conditions\s+)?of\s+)?"
        r"(?:this|the\s+same|an?\s+identical)\s+(?:public\s+)?(?:licen[sc]e|agreement|terms)\b",
        _F,
    ),
    re.compile(
        r"\blicen[sc]e\s+the\s+(?:entire\s+|whole\s+)?work,?\s+as\s+a\s+whole,?\s+under\s+this\s+licen[sc]e",
        _F,
    ),
    re.compile(
        r"\b(?:must|shall)\s+be\s+a\s+creative\s+commons\s+licen[sc]e\s+with\s+the\s+same", _F
    ),
    re.compile(
        r"\b(?:to\s+be\s+licensed|licensed)\s+as\s+a\s+whole\b[^.;]{0,80}under\s+the\s+terms\s+of\s+this\s+licen[sc]e",
        _F,
    ),
)
# "You may add additional terms", "Contributions submitted": the opposite of share-alike.
_OWN_TERMS = re.compile(
    r"\b(?:different|additional|your\s+own|any)\s+(?:\w+\s+){0,3}(?:terms|licen[sc]e)|contributions?\s+(?:intentionally\s+)?submitted"
    r"|submitted\s+for\s+inclusion|cop(?:y|ies)\s+of\s+this|is\s+licensed\s+under",
    _F,
)
# "the use-based restrictions of Attachment A must be included", as in RAIL licences.
_PASSED_ON = re.compile(
    r"\b(?:use[-\s](?:based\s+)?restrictions?|restrictions?\s+in\s+(?:attachment|section|paragraph)|acceptable\s+use\s+policy|attachment\s+a)\b"
    r"[^;]{0,320}?\b(?:enforceable\s+provision|legal\s+agreement|in\s+any\s+agreement|agreement\s+governing)"
    r"|\blicen[sc]e\s+of\s+your\s+choice\b[^;]{0,200}restrictions",
    _F,
)


def read_attribution(clause: Clause) -> Iterator[Term]:
    """Yield duties to keep notices, give credit or hand on a copy of the licence."""
    for start, sentence, whole in list_sentences(clause):
        if WISHES.search(whole) or _GIVES_NOTHING.search(sentence):
            continue
        if not any(pattern.search(sentence) for pattern in (*_ATTRIBUTES, _NOT_REMOVED)):
            continue
        if _NOT_REMOVED.search(sentence) or DEMANDS.search(whole) or _ORDERED.match(sentence):
            yield make_term("attribution_required", True, clause, start, start + len(sentence))


def read_naming(clause: Clause) -> Iterator[Term]:
    """Yield duties to show a name in public, or to carry it in the name of a derived model."""
    for start, sentence, whole in list_sentences(clause):
        if WISHES.search(whole) or not DEMANDS.search(whole):
            continue
        for pattern in _NAMES:
            if any(not _IN_A_FILE.search(match[0]) for match in pattern.finditer(sentence)):
                words = " ".join(sentence.split())
                yield make_term(
                    "naming_required", words[:300], clause, start, start + len(sentence)
                )
                break


def read_share_alike(clause: Clause) -> Iterator[Term]:
    """Yield real copyleft: derived works must be given under the same licence."""
    for start, sentence, whole in list_sentences(clause):
        if _OWN_TERMS.search(sentence):
            continue
        if any(pattern.search(whole) for pattern in _SAME_LICENCE):
            yield make_term("derivative_share_alike", True, clause, start, start + len(sentence))


def read_passing_on(clause: Clause) -> Iterator[Term]:
    """Yield duties to bind others to the restrictions of use."""
    for start, sentence, whole in list_sentences(clause):
        binds = DEMANDS.search(whole) or FORBIDS.search(whole)
        if binds and _PASSED_ON.search(whole):
            yield make_term(
                "use_restriction_passthrough", True, clause, start, start + len(sentence)
            )
