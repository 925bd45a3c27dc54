"""Names of licences: what a text calls one, and its SPDX identifier where there is one."""

import re

# Identifiers of the SPDX License List (https://spdx.org/licenses/), by the ways they are written.
_SPDX: tuple[tuple[str, str], ...] = (
    (
        r"apache(?: licen[sc]e)?,?[- ]?(?:software )?(?:licen[sc]e,? )?(?:v(?:ersion)?\.? ?)?[- ]?2(?:\.0)?(?: licen[sc]e)?",
        "Apache-2.0",
    ),
    (r"(?:the )?apache(?: 2(?:\.0)?)? licen[sc]e", "Apache-2.0"),
    (r"(?:the )?(?:expat|mit)(?:[ -]licen[sc]ed?)?", "MIT"),
    (r"(?:new |modified )?bsd[- ]3(?:[- ]clause)?(?: licen[sc]e)?", "BSD-3-Clause"),
    (r"bsd[- ]2(?:[- ]clause)?(?: licen[sc]e)?", "BSD-2-Clause"),
    (r"(?:gnu )?a?gpl[- ]?v?3(?:\.0)?(?:-only|-or-later)?", "GPL-3.0"),
    (r"(?:creative commons )?cc[- ]by[- ]nc[- ]sa[- ]4(?:\.0)?(?: licen[sc]e)?", "CC-BY-NC-SA-4.0"),
    (r"(?:creative commons )?cc[- ]by[- ]nc[- ]nd[- ]4(?:\.0)?(?: licen[sc]e)?", "CC-BY-NC-ND-4.0"),
    (r"(?:creative commons )?cc[- ]by[- ]nc[- ]4(?:\.0)?(?: licen[sc]e)?", "CC-BY-NC-4.0"),
    (r"(?:creative commons )?cc[- ]by[- ]sa[- ]4(?:\.0)?(?: licen[sc]e)?", "CC-BY-SA-4.0"),
    (r"(?:creative commons )?cc[- ]by[- ]4(?:\.0)?(?: licen[sc]e)?", "CC-BY-4.0"),
    (r"cc0(?:[- ]1(?:\.0)?)?(?: universal)?", "CC0-1.0"),
    (r"mpl[- ]2(?:\.0)?|mozilla public licen[sc]e(?: 2\.0)?", "MPL-2.0"),
)
_COMPILED = tuple((re.compile(pattern, re.IGNORECASE), spdx) for pattern, spdx in _SPDX)
# In sentences MIT counts only as "MIT license" or in capitals at the end of a clause.
_STANDARD_IN_TEXT = re.compile(
    r"(?<![\w-])(?:apache[- ]?(?:licen[sc]e,? )?(?:version )?v?2(?:\.0)?|apache licen[sc]e|mit(?=[- ]licen[sc]e)"
    r"|MIT(?=[\s.,;)]|$)|cc[- ]by(?:[- ](?:nc|sa|nd)){0,2}[- ]4(?:\.0)?|bsd[- ][23][- ]clause|gpl[- ]?v?3(?:\.0)?)(?![\w])",
    re.IGNORECASE,
)
_WORD = r"(?:[A-Z0-9][\w.&'’+-]{0,30}|of|for|and|the)"
# "Llama 4 Community License Agreement", "Gemma Terms of Use", "OpenRAIL-M v1"
_NAMED_IN_TEXT = re.compile(
    rf"(?<![\w.])(?:[A-Z][\w.&'’+-]{{0,30}} (?:{_WORD} ){{0,6}})"
    r"(?:(?:Community |Public |Commercial |Research |Use |Responsible AI |RAIL )?"
    r"Licen[sc]e(?: Agreement)?(?: (?:v(?:ersion )?)?\d(?:\.\d)?)?|Terms of (?:Use|Service))(?![\w])"
    r"|(?<![\w.])[A-Z][A-Z0-9.&'’+-]{1,30}(?: [A-Z0-9][A-Z0-9.&'’+-]{0,30}){0,6} LICEN[SC]E(?: AGREEMENT)?(?!\w)"
    r"|(?<!\w)(?:[A-Z][\w-]{1,20} )?(?:Open)?RAIL(?:\+\+)?-?[MDA]?(?: v?\d(?:\.\d)?)?(?: [Ll]icense)?(?!\w)"
)
# The line with which a licence file begins
_TITLE = re.compile(
    r"[^\n]{0,120}\b(?:licen[sc]e(?: agreement)?|terms of (?:use|service)|rail(?:-[mda])?)\b[^\n]{0,60}",
    re.IGNORECASE,
)
# "Licensed under …", "You may …": a first line that is a sentence.
_NO_TITLE = re.compile(
    r"\blicen[sc]ed\b|\byou (?:may|can)\b|\bis\b|\bunder the\b|[<>]|://", re.IGNORECASE
)
# "the Usage Policy and the Toy License": the name begins after "and"
_POLICY_BEFORE = re.compile(
    r"(?:[A-Z][\w-]* ){1,4}(?:Policy|Terms|Guidelines) (?:and|or) (?:the )?"
)
# "Grant of License" is a heading within a licence, not its name.
_CLAUSE = re.compile(r"(?:Grant|Scope|Termination|Transfer|Breach|Violation)s? of\b")
# "the model license", "a custom license": words that name none.
_EMPTY_NAMES = re.compile(
    r"(?:the |this |a |an |our |its |under |see |section |of |such |any |model |software |end user |commercial "
    r"|custom |research |open |free |new |your |their |both |code |weights? |data |dataset |documentation |and )*"
    r"(?:licen[sc]es?|terms of (?:use|service))(?: agreement)?",
    re.IGNORECASE,
)


def find_spdx(name: str) -> str | None:
    """Return the SPDX identifier of a licence's name, or None when it has none that is known."""
    words = re.sub(r"\s+", " ", name).strip(" .,;:()[]\"'")
    for pattern, spdx in _COMPILED:
        if pattern.fullmatch(words):
            return spdx
    return None


def make_licence_name(name: str) -> str:
    """Return the SPDX identifier, or the name as the document has it."""
    words = re.sub(r"\s+", " ", name).strip(" .,;:()[]\"'")
    return find_spdx(words) or words


def find_licences(text: str) -> list[tuple[str, int, int]]:
    """Return licences named in running text: name or identifier, and place."""
    found = [
        (spdx, match.start(), match.end())
        for match in _STANDARD_IN_TEXT.finditer(text)
        if (spdx := find_spdx(match[0]))
    ]
    for match in _NAMED_IN_TEXT.finditer(text):
        name, start = _trim(match[0], match.start())
        if _EMPTY_NAMES.fullmatch(name) or _CLAUSE.match(name) or len(name) < 5:
            continue
        if all(match.end() <= a or start >= b for _, a, b in found):
            found.append((make_licence_name(name), start, match.end()))
    return sorted(found, key=lambda match: match[1])


def _trim(name: str, start: int) -> tuple[str, int]:
    """Leave out words at the beginning that are of the sentence, not of the name."""
    if policy := _POLICY_BEFORE.match(name):
        start += policy.end()
        name = name[policy.end() :]
    match = re.match(
        r"(?:The|This|See|Section|Under|Our|A|An|In|By|Its|License|Licence|Please|Read|Use|If)\s+",
        name,
    )
    while match:
        start += match.end()
        name = name[match.end() :]
        match = re.match(r"(?:The|This|the|of|for|and)\s+", name)
    return name, start


def find_title(text: str) -> tuple[str, int, int] | None:
    """Return the title of a licence's own text: the first of its first lines that names one."""
    at = 0
    for line in text[:3000].splitlines(keepends=True)[:30]:
        stripped = line.strip(" #*\t\r\n=-")
        if stripped == "" and line.strip().startswith("---"):
            return None  # front matter, not a title page
        if (
            5 <= len(stripped) <= 140
            and not re.match(r"[\w-]{1,30}:", stripped)
            and _TITLE.fullmatch(stripped)
            and not _EMPTY_NAMES.fullmatch(stripped)
            and not _NO_TITLE.search(stripped)
        ):
            start = at + line.index(stripped)
            return stripped, start, start + len(stripped)
        at += len(line)
    return None
