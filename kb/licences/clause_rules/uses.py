"""Which uses a licence bars: its own list, a policy that it pulls in, training on outputs."""

import re
from collections.abc import Iterator, Sequence

from kb.licences.clause_rules.wording import DEMANDS, FORBIDS, is_about_marks, list_sentences
from kb.licences.terms import Reference, Term, make_term
from kb.licences.text.clauses import Clause
from kb.licences.text.flat import collapse

_F = re.IGNORECASE
# "Toyla Acceptable Use Policy", "Prohibited Uses Policy", "Trustworthy AI Guidelines"
_POLICY_NAME = (
    r"(?:(?:[A-Z][\w.+-]*\s+){0,6}(?:Acceptable\s+Use|Prohibited\s+Uses?|Responsible\s+Use|Usage|Use|Content)\s+"
    r"(?:Policy|Policies|Restrictions|Guidelines?|Terms)|(?:[A-Z][\w.+-]*\s+){0,4}(?:Trustworthy|Responsible)\s+AI(?:\s+[Tt]erms|\s+[Pp]olicy|\s+[Gg]uidelines)?"
    r"|(?:[A-Z][\w.+-]*\s+){0,4}Ethic\w*\s+(?:Guidelines?|Principles|Policy|Code))"
)
_POLICY = re.compile(_POLICY_NAME)
# "the use-based restrictions in Attachment A": RAIL licences carry theirs inside.
_POLICY_LOOSE = re.compile(
    r"\b(?:(?:acceptable|prohibited)\s+uses?(?:\s+polic\w+)?|use[-\s]based\s+restrictions?|use\s+restrictions"
    r"|restricted\s+uses?|prohibited\s+uses|usage\s+polic\w+"
    r"|restrictions?\s+(?:\w+\s+){0,3}in\s+(?:attachment|exhibit|annex|appendix)\s+[a-z\d])\b",
    _F,
)
# "is incorporated by reference", "must adhere to": naming a policy is not enough.
_BINDS = re.compile(
    r"\b(?:incorporat\w+|compl(?:y|ies|iance)|adher\w+|consistent|conform\w*|set\s+forth|subject\s+to|in\s+accordance|conflict\w*"
    r"|agree\w*|must|shall|will|means?)\b",
    _F,
)
# The verbs that bans on use begin with
_USE = r"(?:us(?:e|ing)|utili[sz]e|deploy|exploit|employ|access|operate|run)\b"
# "You agree not to use", "shall not be used", "may not, and may not allow others to, use"
_NO_USE = re.compile(
    rf"\b(?:(?:shall|will|may|must|can|do|should)\s*(?:not|n't)|cannot|agrees?\s+(?:that\s+\S+\s+will\s+)?not(?:\s+to)?|not\s+to)\b"
    rf"(?:,?\s+(?:or|and|nor)\s[^,:;]{{0,60}},?|\s+\w+){{0,4}}?\s*{_USE}|\bprohibited\s+(?:from\s+)?us(?:es?|ing)\b|\brestricted\s+uses?\b"
    r"|\b(?:(?:shall|must|may|will|can)\s*not\s+be|(?:is|are)\s+not)\s+(?:used|employed|deployed|utili[sz]ed)\b",
    _F,
)
# What the law bars anyway: "in any way that violates any applicable law"
_LAW = re.compile(
    r"\b(?:violat\w+|in\s+violation|breach)\b[^.;]{0,60}\b(?:laws?|regulations?)\b|\bunlawful\b|\billegal\b",
    _F,
)
# Fields that policies of vendors name
_TOPIC = re.compile(
    r"\b(?:military|weapons?|warfare|surveillance|nuclear|terroris\w+|malware|disinformation|misinformation|harass\w+"
    r"|discriminat\w+|defam\w+|medical\s+advice|law\s+enforcement|biometric|critical\s+infrastructure|minors?|children|exploit\w*\s+or\s+harm"
    r"|impersonat\w+|fraud\w*|spam|national\s+security)\b",
    _F,
)
# "the outputs or results of the Toyla Materials"
_OUTPUT = re.compile(
    r"\b(?:outputs?|results?|generations|content\s+generated|generated\s+content)\b", _F
)
# "to improve any other large language model", "for training other AI systems"
_TRAINS = re.compile(
    r"\b(?:to|for|in)\s+(?:\w+,?\s+){0,6}?(?:creat\w*|train\w*|improv\w*|develop\w*|enhanc\w*|fine-?\s?tun\w*|build\w*|distil\w*)\b[^.;]{0,140}?"
    r"\b(?:models?|LLMs?|systems?|AI)\b",
    _F,
)
# An item of a list: "Use the model for surveillance"
_USE_FIRST = re.compile(rf"\W*{_USE}", _F)
_ITEM_WORDS = 25


def read_output_training(clause: Clause) -> Iterator[Term]:
    """Yield bans on using outputs to train other models."""
    for start, sentence, whole in list_sentences(clause):
        trains = _TRAINS.search(sentence)
        if trains is None or not FORBIDS.search(whole) or is_about_marks(sentence):
            continue
        if _OUTPUT.search(whole) and FORBIDS.search(whole[: whole.find(sentence) + trains.start()]):
            yield make_term(
                "output_training_restriction", True, clause, start, start + len(sentence)
            )


def read_policies(clause: Clause) -> Iterator[Term]:
    """Yield the policies on use that a clause pulls in, by name."""
    for start, sentence, whole in list_sentences(clause):
        match = _POLICY.search(sentence) or _POLICY_LOOSE.search(sentence)
        if (
            match
            and (_BINDS.search(whole) or DEMANDS.search(whole))
            and not is_about_marks(sentence)
        ):
            name = collapse(match[0])
            yield make_term("acceptable_use_policy", name, clause, start, start + len(sentence))


def read_barred_use(clause: Clause) -> Iterator[Term]:
    """Yield a barred use: an item of a list that bars, or a sentence that bars by itself."""
    for start, sentence, _ in list_sentences(clause):
        is_whole = not sentence.rstrip().endswith(":") and len(sentence.strip(" ;.,")) > 3
        if is_whole and (_bars_by_lead(clause.lead, sentence) or _bars(sentence)):
            end = start + len(sentence)
            yield make_term("field_of_use_restrictions", _shorten(sentence), clause, start, end)


def _bars(sentence: str) -> bool:
    named = _LAW.search(sentence) or _TOPIC.search(sentence)
    return named is not None and _NO_USE.search(sentence) is not None


def _bars_by_lead(lead: str, item: str) -> bool:
    """Whether the lead bars use; or it bars what follows, and the item is a use."""
    if _NO_USE.search(lead):
        return True
    is_use = _USE_FIRST.match(item) and (_TOPIC.search(item) or _LAW.search(item))
    return bool(is_use) and FORBIDS.search(lead) is not None


def names_a_field(use: str) -> bool:
    """Whether a barred use names a field of use, like the military."""
    return _TOPIC.search(use) is not None


def bars_more_than_crime(use: str) -> bool:
    """Whether a barred use names a field, and is not just what the law bars anyway."""
    return _TOPIC.search(use) is not None or _LAW.search(use) is None


def _shorten(sentence: str) -> str:
    words = sentence.strip(" ;.,").split()
    short = " ".join(words[:_ITEM_WORDS])
    return f"{short} …" if len(words) > _ITEM_WORDS else short


# Addresses in full, or without a scheme as licences print them: "toys.example.ai/use-policy"
_URL = re.compile(
    r"https?://[^\s)\]>\"']+|\b(?:[\w-]+\.)+(?:com|ai|org|dev|ae|net|io|cn|eu)/[^\s)\]>\"']*", _F
)


def find_references(clauses: Sequence[Clause]) -> tuple[Reference, ...]:
    """Return the policies that a licence pulls in, with their addresses where it gives them."""
    found: dict[str, Reference] = {}
    for clause in clauses:
        for _, sentence, whole in list_sentences(clause):
            match = _POLICY.search(sentence)
            if match is None or not _BINDS.search(whole):
                continue
            url = _URL.search(sentence)
            name = collapse(match[0])
            if name not in found or (found[name].url is None and url):
                found[name] = Reference(name, _clean(url[0]) if url else None, clause.place)
    return tuple(found.values())


def _clean(url: str) -> str:
    return url.rstrip(".,;").replace("\\", "")  # Markdown escapes
