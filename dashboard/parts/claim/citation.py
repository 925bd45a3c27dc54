"""How to cite a claim's page: in words, and as BibTeX."""

import re

from dashboard.reads.published import Row
from dashboard.wording.outcome_marks import find_mark
from dashboard.wording.words import word_claim, write_day
from kb.domain.speech import SpeechKind
from kb.text.plain_text import show_hidden

_SPECIAL = str.maketrans(
    {
        "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&", "$": r"\$",
        "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    }
)  # fmt: skip


def name_page(claim: Row) -> str:
    """Return the headline of a claim's page; a question of ours is called one."""
    who = "A question of ours" if claim["said_as"] == SpeechKind.QUESTION else claim["said_by"]
    return f"{who} on {claim['model']}: {word_claim(claim)}"


def name_edition(about: Row) -> str:
    """Return which data a page shows: their day and the edition."""
    return (
        f"data as of {write_day(about.get('data_date'))}, edition {str(about.get('digest'))[:16]}"
    )


def write_citation(claim: Row, about: Row, address: str) -> str:
    """Return the citation in one line of plain text."""
    verdict = find_mark(claim["outcome"]).word.lower()
    words = f"As Claimed, “{name_page(claim)}” ({verdict}), {name_edition(about)}, {address}"
    return show_hidden(words)


def write_bibtex(claim: Row, about: Row, address: str) -> str:
    """Return the citation as a BibTeX entry; what was crawled is escaped."""
    day = str(about.get("data_date") or "")[:10]
    verdict = find_mark(claim["outcome"]).word
    fields = {
        "author": "{As Claimed}",  # inner braces: an institution, not a person's two names
        "title": _escape(name_page(claim)),
        "year": day[:4],
        "note": _escape(f"Verdict: {verdict}; {name_edition(about)}"),
        "url": address,
    }
    key = re.sub(r"\W", "", claim["claim_id"], flags=re.ASCII)
    lines = "".join(f"  {name:6} = {{{value}}},\n" for name, value in fields.items())
    return f"@misc{{asclaimed_{key},\n{lines}}}\n"


def _escape(text: str) -> str:
    return show_hidden(" ".join(text.split())).translate(_SPECIAL)
