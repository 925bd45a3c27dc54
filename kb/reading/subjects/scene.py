"""Whom a document speaks about at each moment: itself, its section, its last sentence."""

import re
from dataclasses import dataclass, field

from kb.reading.subjects.mentions import (
    Mention,
    find_mentions,
    find_telling_variants,
    make_family_key,
)

# A name with one of these is a member; without any it is the whole family.
_HAS_SIZE_OR_VARIANT = re.compile(
    r"\d[BbMT]\b|Scout|Maverick|Behemoth|Instruct|Base|Chat|Mini|Small|Medium|Large|Pro|Flash|Ultra|Coder"
    r"|Vision|Opus|Sonnet|Haiku|-it\b|Next|Nano|Air|Thinking|Preview|R\d|V\d", re.IGNORECASE,
)  # fmt: skip
# "Toyla 7B, Toyla 13B and the Toyla 70B" are one subject.
_BETWEEN = re.compile(r"\W{0,4}(?:,|and|or|&|/|as well as|\+)?\W{0,4}(?:the |its )?", re.IGNORECASE)
# "outperforms Toyla", "distilled from the original Toyla": a name in this place is not the
# subject.
_OBJECT = re.compile(
    r"(?:outperform\w*|than|compared (?:to|with)|like|such as|surpass\w*|beat\w*|versus|vs\.?|rival\w*"
    r"|exceed\w*|against|based on|similar to|unlike|success\w+ (?:to|of)|built (?:up)?on|derived from"
    r"|competitors?|match\w*|including|e\.g\.,?|over|from|by|for|to|as|distill\w* \w+|available (?:in|on|at)"
    r"|predecessors?,?|replicat\w+|adopt\w*|original|following)\s+(?:both |the |other |original |models |popular |closed-source |open-source |model |of |many |all ){0,4}$",
    re.IGNORECASE,
)  # fmt: skip
# "Compared to Toyla 1, Toyla 2 has …", "built for Toyla 2, which supports …": a verb makes it
# one.
_STILL_SUBJECT = re.compile(
    r"(?:\s(?:base|chat|instruct|language|reasoning))?(?:\s(?:models?|series|family))?"
    r"\s*(?:\(|has\b|have\b|supports?\b|'s\b|’s\b|, which|is\b|are\b|was\b|were\b|uses?\b)"
)
# What follows a name that only lends something: "the Llama architecture" is not about Llama.
_LENDS = re.compile(
    r"[\s-](?:[a-z]+\s)?(?:architecture|tokeni[sz]er|vocabulary|codebase|code base|style|like|format|recipe|weights|papers?|report"
    r"|(?i:scaling laws?))\b"
)
# "the 70B model" within a document on one family
_SIZED = re.compile(
    r"\b(?:the|our|this)\s+(?P<size>\d{1,4}(?:\.\d)?[BM])\s+(?:[a-z]+\s)?(?:model|version|variant|one)\b",
    re.IGNORECASE,
)
# "The model supports …", "Our release …"
_ITSELF = re.compile(
    r"(?:the|this|our) (?:base )?(?:model|LLM|release)\b|we\b|our\b", re.IGNORECASE
)
# "Both support 128K": all that were named before
_PLURAL = re.compile(r"\b(?:both|all|each|these|they|them)\b(?: of)?", re.IGNORECASE)


@dataclass
class Scene:
    """The names a document goes by, and whom it spoke of last."""

    own: tuple[str, ...] = ()
    document: str | None = None
    section: str | None = None
    last: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    telling: dict[str, str] = field(default_factory=dict)

    @property
    def base(self) -> str | None:
        """The family that the document is about."""
        return None if self.document is None else strip_member(self.document)

    def find(self, text: str) -> list[Mention]:
        """Return the names in `text`, with those that the document abbreviates."""
        found = find_mentions(text, self.own)
        extra: list[Mention] = []
        if self.base:
            for variant in find_telling_variants(text, self.base):
                word = text[variant.start : variant.end]
                extra.append(
                    Mention(self.telling.get(word, variant.name), variant.start, variant.end)
                )
            for match in _SIZED.finditer(text):
                name = f"{self.base} {match['size']}"
                extra.append(Mention(name, match.start("size"), match.end("size")))
        clear = [
            mention
            for mention in extra
            if all(mention.end <= other.start or mention.start >= other.end for other in found)
        ]
        return sorted([*found, *clear], key=lambda mention: mention.start)

    def find_heading(self, text: str) -> str | None:
        """Return whom a heading names: the first that does not merely lend something to it."""
        found = self.find(text)
        return next(
            (mention.name for mention in found if not _LENDS.match(text, mention.end)), None
        )

    def learn(self, mentions: list[Mention]) -> None:
        """Remember what the telling word of a full name stands for: Scout is Llama 4 Scout."""
        for mention in mentions:
            for word in ("Scout", "Maverick", "Behemoth", "Opus", "Sonnet", "Haiku", "Nemo"):
                if mention.name.endswith(word):
                    self.telling.setdefault(word, mention.name)

    def begin_block(self) -> None:
        """Forget other vendors' models: what follows speaks of the document's own again."""
        if self.document is not None:
            self.last = tuple(name for name in self.last if is_same_family(name, self.document))
            self.group = tuple(name for name in self.group if is_same_family(name, self.document))

    def choose(self, text: str, mentions: list[Mention], start: int, end: int) -> tuple[str, ...]:
        """Return whom the words [start, end) of a sentence are about; () leaves it open."""
        after = [mention for mention in mentions if mention.start >= end]
        if after and re.fullmatch(
            r"[^.;,:()]{0,30}?\b(?:for|by|of|on)\s+(?:the\s)?", text[end : after[0].start]
        ):
            return (after[0].name,)
        before = [mention for mention in mentions if mention.end <= start]
        groups = _group(text, before)
        for group in reversed(groups):
            first, last = group[0], group[-1]
            is_object = _OBJECT.search(text[max(0, first.start - 60) : first.start])
            is_other = len(groups) > 1 or not is_same_family(first.name, self.document)
            if _LENDS.match(text, last.end) and is_other:
                continue
            if not is_object or _STILL_SUBJECT.match(text, last.end):
                return tuple(dict.fromkeys(mention.name for mention in group))
        if (
            len(self.group) > 1
            and not groups
            and (_PLURAL.search(text[:start]) or text.startswith("Only "))
        ):
            members = tuple(name for name in self.group if not is_family_only(name))
            return members if len(members) > 1 else self.group
        if (
            not groups
            and _ITSELF.match(text)
            and self.last
            and not is_same_family(self.last[0], self.document)
        ):
            return ()
        if not before and after and _leads(text, start, after[0]):
            return (after[0].name,)
        if self.last and not groups:
            return self.last
        return (self.section,) if self.section else ()

    def follow(self, text: str, mentions: list[Mention]) -> None:
        """Note whom a sentence was about, for the sentences after it."""
        self.learn(mentions)
        groups = [
            group
            for group in _group(text, mentions)
            if not _OBJECT.search(text[max(0, group[0].start - 60) : group[0].start])
        ]
        if groups:
            self.last = tuple(dict.fromkeys(mention.name for mention in groups[0]))
            names = [mention.name for group in groups for mention in group]
            self.group = tuple(dict.fromkeys(names))


def _leads(text: str, start: int, mention: Mention) -> bool:
    return mention.start - start < 160 and not re.search(
        r"outperform|than|compared|like\b|such as", text[start : mention.start]
    )


def _group(text: str, mentions: list[Mention]) -> list[list[Mention]]:
    groups: list[list[Mention]] = []
    for mention in mentions:
        if groups and _BETWEEN.fullmatch(
            _without_brackets(text[groups[-1][-1].end : mention.start])
        ):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    return groups


def _without_brackets(text: str) -> str:
    return re.sub(r"\([^()]{0,60}\)", "", text[:200])


def is_family_only(name: str) -> bool:
    """Whether a name names a family, with no size or variant of it."""
    return _HAS_SIZE_OR_VARIANT.search(name) is None


def strip_member(name: str) -> str:
    """Return the family and version in a member's name: "Llama 4 Scout" is of "Llama 4"."""
    cut = re.split(
        r"[-\s](?=(?:\d{1,4}x)?\d{1,4}(?:\.\d)?[BMbm]\b|Scout|Maverick|Behemoth|Instruct|Base|Chat|it\b)",
        name,
    )[0]
    return cut or name


def is_same_family(name: str, other: str | None) -> bool:
    """Whether two names are of one family, whatever the version."""
    return other is not None and make_family_key(name) == make_family_key(other)
