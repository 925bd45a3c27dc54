"""Numbers of a sentence that a list joins: "7B, 13B and 70B parameters" is said once, of three."""

import re

from kb.reading.prose.number_rules import find_meaning
from kb.reading.prose.numbers import Number
from kb.reading.subjects.mentions import Mention
from kb.reading.subjects.scene import Scene, is_family_only
from kb.reading.vocabulary.meaning import Meaning

Meanings = list[tuple[Number, Meaning | None]]
Members = list[tuple[Number, Meaning]]

# What stands between members of a list: "7B, 13B and 70B", "8K natively, up to 32K"
_LIST = re.compile(
    r"[\s,)*]*(?:natively|tokens)?[\s,]*(?:and|or|to|,|/|&|through|–|-|as well as)?[\s,(]*(?:up to |the )?",
    re.IGNORECASE,
)
# "2B-3B", "2B to 3B"
_RANGE = re.compile(r"\s?(?:-|–|to)\s?")
# "tokens per 1,000 words": the figure belongs to the unit.
_PER_UNIT = re.compile(r"(?:per|/)\s*$", re.IGNORECASE)
# "can be extended with YaRN to 131,072", "handles up to 64K": the unit is left to the sentence.
_EXTENDED = re.compile(
    r"(?:extend\w*|extrapolat\w*|expand\w*|scal\w+|increas\w*|generali\w+|up)\b(?:\s\w+){0,4}\s(?:to|up to)(?: up to| about| over)?\s*$"
    r"|(?:support\w*|handl\w+|process\w*|context|window)s?\b(?:\s\w+){0,3}\s(?:up to|of)\s*~?$", re.IGNORECASE,
)  # fmt: skip
# The sentence must speak of context elsewhere: "long-text tasks"
_CONTEXT_CUE = re.compile(
    r"context|sequence length|token window|input length|long[- ]text", re.IGNORECASE
)
# "256 experts and activates only 8": the second number leaves out what it counts.
_CHOSEN = re.compile(
    r"(?:and |, )?(?:chooses?|choosing|selects?|activates?|uses?|picks?|routes? to)\s*(?:only |the top[- ])?$",
    re.IGNORECASE,
)
# "64 experts, 6 of which are active"
_ARE_CHOSEN = re.compile(
    r"\s(?:of (?:them|which) )?(?:are |is |being |get )?(?:active|activated|selected|chosen|used)\b",
    re.IGNORECASE,
)
# "on LMArena it is rated 1417"
_ARENA = re.compile(r"\b(?:arena|leaderboard|lmsys|lmarena)\b|\belo\b", re.IGNORECASE)


def find_meaning_in_sentence(text: str, number: Number) -> Meaning | None:
    """Return what a number counts, with what the whole sentence tells."""
    before = text[max(0, number.start - 70) : number.start]
    if _PER_UNIT.search(before):
        return None
    if meaning := find_meaning(text, number):
        return meaning
    is_scaled = number.scale.lower() in ("k", "m", "thousand", "million") and not number.currency
    if is_scaled and _EXTENDED.search(before) and _CONTEXT_CUE.search(text):
        return Meaning("context_length")
    if not number.scale and number.value < 200 and _CHOSEN.search(before) and "expert" in text:
        return Meaning("experts", "active per token")
    is_of_experts = "expert" in text[: number.start] and number.value < 200
    if is_of_experts and not number.scale and _ARE_CHOSEN.match(text, number.end):
        return Meaning("experts", "active per token")
    if (
        _ARENA.search(text)
        and not number.scale
        and 900 <= number.value <= 2500
        and number.value == int(number.value)
    ) and (
        re.search(r"(?:scor\w+|rating|rated|Elo)\b[^.]{0,25}$", before, re.IGNORECASE)
        and not 2015 <= number.value <= 2035
    ):
        return Meaning("elo")
    return None


def spread(text: str, meanings: Meanings) -> Meanings:
    """Give the numbers of a list the meaning of the one that has it."""
    return _spread_right(text, _spread_left(text, meanings))


def _spread_left(text: str, meanings: Meanings) -> Meanings:
    """Give a number the meaning of the one that a list joins it to: "7B, 13B and 70B parameters"."""
    spread = list(meanings)
    for index in range(len(spread) - 2, -1, -1):
        (number, meaning), (follower, following) = spread[index], spread[index + 1]
        if meaning is None and following is not None and following.claim_type is not None:
            between = text[number.end : follower.start]
            alike = (
                bool(number.scale) == bool(follower.scale)
                or following.claim_type == "context_length"
            )
            if alike and not number.currency and _LIST.fullmatch(between):
                spread[index] = (number, following)
    return spread


def _spread_right(text: str, meanings: Meanings) -> Meanings:
    """Give a number the meaning of the one before it in a list: "sizes of 6B (A) and 34B (B)"."""
    spread = list(meanings)
    for index in range(1, len(spread)):
        (former, meaning), (number, own) = spread[index - 1], spread[index]
        if own is None and meaning is not None and meaning.claim_type is not None:
            alike = number.scale.lower() == former.scale.lower() and number.scale
            if alike and not number.currency and _joins(text[former.end : number.start]):
                spread[index] = (number, meaning)
        elif (
            own is not None
            and meaning is not None
            and (meaning.claim_type, own.claim_type) == ("params_active", "params_total")
            and _RANGE.fullmatch(text, former.end, number.start)
        ):
            spread[index] = (number, meaning)  # "activates 2B-3B parameters": both ends are active
    return spread


def _joins(between: str) -> bool:
    return _LIST.fullmatch(re.sub(r"\s?\([^()]{0,60}\)", "", between[:160])) is not None


def make_lists(text: str, meanings: Meanings) -> list[Members]:
    """Group neighbours of one meaning that a list joins."""
    groups: list[Members] = []
    last: Number | None = None
    for number, meaning in meanings:
        if meaning is None:
            last = None
            continue
        if (
            groups
            and last is not None
            and groups[-1][-1][1] == meaning
            and _joins(text[last.end : number.start])
        ):
            groups[-1].append((number, meaning))
        else:
            groups.append([(number, meaning)])
        last = number
    return groups


def find_named_in_brackets(text: str, number: Number, mentions: list[Mention]) -> tuple[str, ...]:
    """The model that stands in brackets right after a number: "34B (Yi-34B)"."""
    for mention in mentions:
        if re.fullmatch(r"\s?\(\s?", text[number.end : mention.start]):
            return (mention.name,)
    return ()


def choose_member(
    number: Number,
    meaning: Meaning,
    members: Members,
    index: int,
    subjects: tuple[str, ...],
    scene: Scene,
    groups: list[Members],
    text: str,
) -> tuple[str, ...]:
    """Whom one number of a list is about: its own size, its partner by order, or all."""
    if len(members) > 1 and len(subjects) == len(members):
        return (subjects[index],)
    base = subjects[0] if len(subjects) == 1 else scene.base
    is_one_of_several = len(members) > 1 or re.search(r"\bincluding an?\s+$", text[: number.start])
    if meaning.claim_type == "params_total" and base and is_family_only(base) and is_one_of_several:
        return (f"{base} {_write_size(number.value)}",)
    sizes = next((g for g in groups if g[0][1].claim_type == "params_total" and len(g) > 1), None)
    is_before = sizes is not None and sizes[0][0].start < number.start
    if sizes and is_before and base and is_family_only(base) and sizes is not members:
        names = [f"{base} {_write_size(size.value)}" for size, _ in sizes]
        if len(members) == len(sizes):
            return (names[index],)
        if len(members) == 1:
            return tuple(names)
    return subjects


def _write_size(value: float) -> str:
    for scale, letter in ((1e12, "T"), (1e9, "B"), (1e6, "M")):
        if value >= scale:
            return f"{value / scale:g}{letter}"
    return f"{value:g}"
