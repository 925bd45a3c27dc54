"""Level the wording of a claim: numbers, bounds, negations, comparisons, and what words are left.

Two wordings with the same levelled form say the same. Everything in it but the plain words
must agree before two claims can be one: 9 is not 8, "not open source" is not "open source".
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kb.linking.lexicon import Lexicon, load_lexicon

_BOUNDS = (
    ("<=", r"up to|at most|no more than|a maximum of|maximum of|≤|<="),
    (">=", r"at least|no less than|no fewer than|a minimum of|minimum of|≥|>="),
    ("<", r"less than|fewer than|under|below|<"),
    (">", r"more than|over|above|exceeding|in excess of|upwards of|>"),
)
_BOUND = [(sign, re.compile(rf"(?:{words})\s*(?=[$€~]?\s?\d)")) for sign, words in _BOUNDS]
_NUMBER_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBER_WORD = re.compile(rf"\b(?:{'|'.join(_NUMBER_WORDS)})\b(?! of\b)")
_SCALES = {
    "k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "b": 1e9, "bn": 1e9, "billion": 1e9,
    "t": 1e12, "trillion": 1e12,
}  # fmt: skip
_TOKEN = re.compile(
    r"(?P<bound>⟦[<>]=?⟧)"
    r"|(?P<name>[^\W\d_]+-?\d[\w.-]*\w|[^\W\d_]+\d)"
    r"|(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)"
    r"(?:[ -]?(?P<scale>k|thousand|m|million|bn?|billion|t|trillion)\b)?"
    r"(?P<unit>\s?(?:%|x\b|th\b))?"
    r"|(?P<word>[^\W\d_]+(?:['’-][^\W\d_]+)*)"
)
_COMPARISONS = frozenset(("beat", "trail", "match"))
_PLACES = frozenset(("on", "in", "at", "for"))
_MODALITIES = frozenset(("text", "image", "video", "audio", "speech", "code"))


@dataclass(frozen=True)
class Wording:
    """A claim's wording, levelled.

    `numbers` have their scale and unit ("10000000", "2%"), `bounds` stand before one of them;
    `negated` are the words that a negation stands before; `roles` tell what a named thing is
    compared as, and what is turned into what; `names` are words that name something; `words`
    are all words that count, the names among them; `order` is their order, where opposites
    stand in one wording and it matters. `text` is what is encoded.
    """

    text: str
    numbers: tuple[str, ...] = ()
    bounds: tuple[str, ...] = ()
    negated: frozenset[str] = frozenset()
    roles: frozenset[tuple[str, str]] = frozenset()
    names: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    order: tuple[str, ...] = ()

    @property
    def form(self) -> tuple[object, ...]:
        """All but the text to encode: wordings of equal form say the same."""
        return (self.words, self.numbers, self.bounds, self.negated, self.roles, self.order)


@lru_cache(maxsize=200_000)
def level_wording(text: str) -> Wording:
    """Return the levelled wording of `text`."""
    lexicon = load_lexicon()
    proper = _find_proper_names(text)
    plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    plain = lexicon.families.sub(r"\1", plain)
    plain = re.sub(r"(?<=[^\W\d_])-(?=[^\W\d_])", " ", plain)
    plain = _NUMBER_WORD.sub(lambda match: str(_NUMBER_WORDS.index(match[0]) + 1), plain)
    plain = re.sub(r"\b(?:an? )?single\b", "1", plain)
    for sign, pattern in _BOUND:
        plain = pattern.sub(f" ⟦{sign}⟧ ", plain)
    return _collect(list(_read_tokens(lexicon.level(plain), lexicon)), proper, lexicon)


def _find_proper_names(text: str) -> frozenset[str]:
    """Words with a capital inside the sentence, or with two capitals anywhere, in lower case."""
    found = set()
    for match in re.finditer(r"[^\W\d_]+", text):
        word = match[0]
        starts = not re.search(r"[^\W_]", re.split(r"[.!?:]\s", text[: match.start()])[-1])
        if sum(c.isupper() for c in word) > 1 or (word[0].isupper() and not starts):
            found.add(word.casefold())
    return frozenset(found)


def _read_tokens(plain: str, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    for match in _TOKEN.finditer(plain):
        kind = match.lastgroup or ""
        if match["bound"]:
            yield "bound", match["bound"].strip("⟦⟧")
        elif match["name"]:
            yield "name", re.sub(r"(?<=\d)s$", "", match["name"].replace("-", ""))
        elif match["number"]:
            value = float(match["number"].replace(",", "")) * _SCALES.get(match["scale"] or "", 1.0)
            yield "number", f"{value:.15g}{(match['unit'] or '').strip()}"
        elif kind == "word":
            word = match["word"]
            yield ("negation" if word in lexicon.negations else "word"), word


class _Collector:
    """Takes tokens one by one and puts each where it belongs."""

    def __init__(self, proper: frozenset[str], lexicon: Lexicon) -> None:
        self.proper, self.lexicon = proper, lexicon
        self.text: list[str] = []
        self.numbers: list[str] = []
        self.bounds: list[str] = []
        self.words: list[str] = []
        self.negated: set[str] = set()
        self.roles: set[tuple[str, str]] = set()
        self.names: set[str] = set()
        self._role = ""
        self._before = ""
        self._is_negated = False

    def take(self, kind: str, token: str) -> None:
        """Take the next token."""
        is_name = kind == "name" or (kind == "word" and token in self.proper)
        if kind == "negation":
            self._is_negated = True
            self.text.append("not")
        elif kind == "bound":
            self.bounds.append(token)
            self.text.append(token)
        elif kind == "number":
            self.numbers.append(token)
            self._take_word(token, is_name=False)
        elif is_name or token not in self.lexicon.fillers:
            self._take_word(self._level(kind, token), is_name)
        if token in _PLACES:  # "beats X on Y": Y is where, and not who
            self._role = ""
        self._before = token

    def _level(self, kind: str, token: str) -> str:
        is_settled = kind != "word" or token in self.lexicon.stands_for
        return token if is_settled else _stem(token)

    def _take_word(self, word: str, is_name: bool) -> None:
        self.text.append(word)
        self.words.append(word)
        if word in _COMPARISONS:
            self._role = word
        if is_name:
            self.names.add(word)
            self.roles.add((self._role, word))
        if self._before in ("to", "into") and {word, *self.words[-2:-1]} <= _MODALITIES:
            self.roles.add(("into", word))
        if self._is_negated:
            self.negated.add(word)
        self._is_negated = False

    def finish(self) -> Wording:
        """Return what was collected."""
        has_role = any(role for role, _ in self.roles)
        words = frozenset(self.words) - self.lexicon.soft - frozenset(self.numbers)
        told_by_roles = _COMPARISONS if has_role else frozenset()
        is_ordered = any(
            pair <= words and not pair <= told_by_roles for pair in self.lexicon.opposites
        )
        return Wording(
            " ".join(self.text),
            tuple(sorted(self.numbers)),
            tuple(sorted(self.bounds)),
            frozenset(self.negated),
            frozenset(self.roles) if has_role else frozenset(),
            frozenset(self.names),
            words,
            tuple(self.words) if is_ordered else (),
        )


def _collect(tokens: list[tuple[str, str]], proper: frozenset[str], lexicon: Lexicon) -> Wording:
    collector = _Collector(proper, lexicon)
    for kind, token in tokens:
        collector.take(kind, token)
    return collector.finish()


def _stem(word: str) -> str:
    """Take off the endings of plurals and verbs; short words stay."""
    for ending in ("ings", "ing", "ies", "ed", "es", "ly", "s"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 3 and not word.endswith("ss"):
            return stem
    return word
