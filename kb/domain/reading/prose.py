"""Sentences → findings."""

import re
from collections.abc import Iterator

from kb.domain.claim_types import Operator
from kb.domain.reading.benchmarks import find_benchmarks
from kb.domain.reading.cells import UNITS
from kb.domain.reading.dates import find_months
from kb.domain.reading.finding import Finding, Findings
from kb.domain.reading.licences import find_licences
from kb.domain.reading.machines import find_machines
from kb.domain.reading.marked_text import Marked
from kb.domain.reading.mentions import Mention
from kb.domain.reading.number_rules import Meaning, find_meaning
from kb.domain.reading.numbers import Number, find_number_words, find_numbers_in
from kb.domain.reading.scene import Scene, is_family_only
from kb.domain.reading.sentences import split_sentences

_LIST = re.compile(
    r"[\s,)*]*(?:natively|tokens)?[\s,]*(?:and|or|to|,|/|&|through|–|-|as well as)?[\s,(]*(?:up to |the )?",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\b(?:rang\w+|from|between)\b[^.]{0,40}$", re.IGNORECASE)
_OTHERS = re.compile(
    r"\b(?:models|LLMs)\s+(?:\w+\s){0,3}(?:with|of|under|below|having|than|up to)\s+(?:\w+\s){0,3}$"
    r"|\b(?:e\.g\.,?|for example,?|such as|like|larger|smaller|bigger|other|existing|comparable|competing)\s+$"
    r"|\b(?:than|among|compared (?:to|with))\s+(?:\w+\s){0,4}$|\b(?:smaller|larger|bigger) than\s*$"
    r"|\b(?:equivalent|comparable|similar|close|equal) to\s+(?:\w+\s){0,2}$"
    r"|\b(?:if|when) (?:it|you|a|the) (?:\w+ ){0,3}$", re.IGNORECASE,
)  # fmt: skip
_PER_UNIT = re.compile(r"(?:per|/)\s*$", re.IGNORECASE)
_EXTENDED = re.compile(
    r"(?:extend\w*|extrapolat\w*|expand\w*|scal\w+|increas\w*|generali\w+|up)\b(?:\s\w+){0,4}\s(?:to|up to)(?: up to| about| over)?\s*$"
    r"|(?:support\w*|handl\w+|process\w*|context|window)s?\b(?:\s\w+){0,3}\s(?:up to|of)\s*~?$", re.IGNORECASE,
)  # fmt: skip
_CONTEXT_CUE = re.compile(
    r"context|sequence length|token window|input length|long[- ]text", re.IGNORECASE
)
_CHOSEN = re.compile(
    r"(?:and |, )?(?:chooses?|choosing|selects?|activates?|uses?|picks?|routes? to)\s*(?:only |the top[- ])?$",
    re.IGNORECASE,
)
_CUTOFF = re.compile(
    r"(?:cut-?\s?off|knowledge|training data|pre-?train\w*|data)[^.]{0,50}?(?:cut-?\s?off|up (?:to|until)|through|until|ending in|as of)[^.]{0,30}$"
    r"|cut-?\s?off(?: date)?(?: of| is|:| in|:| =)?\s*\W{0,3}$|data is more recent, up to\s*$", re.IGNORECASE,
)  # fmt: skip
_LICENSED = re.compile(
    r"licen[sc]|released under|available under|distributed under|governed by|adhere|under (?:the|an?)\b|subject to|comply",
    re.IGNORECASE,
)
_OF_OTHER_THINGS = re.compile(
    r"\b(?:code|dataset|data|documentation|library|repository|repo|tokenizer|images?|vocab\w*|paper|datasets)\b[^.;,]{0,40}$"
    r"|not (?:licensed |released |under )[^.;,]{0,20}$|(?:trademark|terms of service)[^.;,]{0,20}$", re.IGNORECASE,
)  # fmt: skip
_ARENA = re.compile(r"\b(?:arena|leaderboard|lmsys|lmarena)\b|\belo\b", re.IGNORECASE)
_SCORE_BEFORE = re.compile(
    r"(?:\([^()]{0,40}\)|\s|:|=|of|is|at|score[sd]?|reach\w*|achiev\w*|with|a|an|accuracy|pass@1|up to|an impressive|-|–|—|\|)*",
    re.IGNORECASE,
)
_SCORE_AFTER = re.compile(
    r"%?\s*(?:(?:points?|accuracy|pass@1|score|pass rate|success rate|\(?[\w@-]{1,10}\)?)\s){0,3}(?:on|in|at|for)\s+(?:the\s|both\s)?",
    re.IGNORECASE,
)
_DIFFERENCE = re.compile(
    r"%?\s*(?:higher|lower|better|worse|more|less|improvement|increase|gain|drop|points? (?:higher|lower|above|below|improvement|gain)|faster|cheaper|of the|-shot|shot|problems|questions)",
    re.IGNORECASE,
)


_DIGITS = re.compile(r"\d+")
_MAX_NUMBERS = 120


def read_prose(text: Marked, scene: Scene, out: Findings, locator: str) -> None:
    """Add what the sentences of `text` say."""
    scene.begin_block()
    for start, end in split_sentences(text.text):
        sentence = text.cut(start, end)
        if len(_DIGITS.findall(sentence.text)) > _MAX_NUMBERS:
            out.leave_out(sentence.text, "a row of numbers, not a sentence")
            continue
        mentions = scene.find(sentence.text)
        scene.learn(mentions)
        for finding in _read_sentence(sentence, mentions, scene, out):
            out.found.append(_with_locator(finding, locator))
        scene.follow(sentence.text, mentions)


def _with_locator(finding: Finding, locator: str) -> Finding:
    return Finding(**{**vars(finding), "locator": locator})


def _read_sentence(
    sentence: Marked, mentions: list[Mention], scene: Scene, out: Findings
) -> Iterator[Finding]:
    yield from _read_numbers(sentence, mentions, scene, out)
    yield from _read_months(sentence, mentions, scene)
    yield from _read_licences(sentence, mentions, scene, out)
    yield from _read_scores(sentence, mentions, scene)
    for finding in find_machines(sentence):
        subjects = scene.choose(sentence.text, mentions, finding.start, finding.end)
        yield Finding(**{**vars(finding), "subjects": subjects})


def _is_free(number: Number, mentions: list[Mention]) -> bool:
    return all(number.end <= each.start or number.start >= each.end for each in mentions)


def _read_numbers(
    sentence: Marked, mentions: list[Mention], scene: Scene, out: Findings
) -> Iterator[Finding]:
    text = sentence.text
    numbers = [each for each in find_numbers_in(text) if _is_free(each, mentions)]
    words = [each for each in find_number_words(text) if _is_free(each, mentions)]
    meanings: list[tuple[Number, Meaning | None]] = [
        (each, _find_meaning(text, each)) for each in numbers
    ]
    for each in words:
        meaning = find_meaning(text, each)
        if meaning is not None and meaning.type == "experts":
            meanings.append((each, meaning))
    meanings.sort(key=lambda pair: pair[0].start)
    meanings = _spread_right(text, _spread_left(text, meanings))
    groups = _make_lists(text, meanings)
    for members in groups:
        yield from _read_list(sentence, members, mentions, scene, out, groups)


def _find_meaning(text: str, number: Number) -> Meaning | None:
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


def _spread_left(
    text: str, meanings: list[tuple[Number, Meaning | None]]
) -> list[tuple[Number, Meaning | None]]:
    """Give a number the meaning of the one that a list joins it to: "7B, 13B and 70B parameters"."""
    spread = list(meanings)
    for index in range(len(spread) - 2, -1, -1):
        (number, meaning), (follower, following) = spread[index], spread[index + 1]
        if meaning is None and following is not None and following.type is not None:
            between = text[number.end : follower.start]
            alike = bool(number.scale) == bool(follower.scale) or following.type == "context_length"
            if alike and not number.currency and _LIST.fullmatch(between):
                spread[index] = (number, following)
    return spread


def _spread_right(
    text: str, meanings: list[tuple[Number, Meaning | None]]
) -> list[tuple[Number, Meaning | None]]:
    """Give a number the meaning of the one before it in a list: "sizes of 6B (A) and 34B (B)"."""
    spread = list(meanings)
    for index in range(1, len(spread)):
        (former, meaning), (number, own) = spread[index - 1], spread[index]
        if own is None and meaning is not None and meaning.type is not None:
            alike = number.scale.lower() == former.scale.lower() and number.scale
            if alike and not number.currency and _joins(text[former.end : number.start]):
                spread[index] = (number, meaning)
    return spread


def _joins(between: str) -> bool:
    return _LIST.fullmatch(re.sub(r"\s?\([^()]{0,60}\)", "", between[:160])) is not None


def _make_lists(
    text: str, meanings: list[tuple[Number, Meaning | None]]
) -> list[list[tuple[Number, Meaning]]]:
    """Group neighbours of one meaning that a list joins."""
    groups: list[list[tuple[Number, Meaning]]] = []
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


def _read_list(
    sentence: Marked,
    members: list[tuple[Number, Meaning]],
    mentions: list[Mention],
    scene: Scene,
    out: Findings,
    groups: list[list[tuple[Number, Meaning]]],
) -> Iterator[Finding]:
    text = sentence.text
    first, last = members[0][0], members[-1][0]
    reason = _find_reason(text, members)
    if reason is not None:
        for number, _ in members:
            out.leave_out(_around(text, number), reason)
        return
    subjects = scene.choose(text, mentions, first.start, last.end)
    for index, (number, meaning) in enumerate(members):
        about = _find_named_in_brackets(text, number, mentions) or _choose_member(
            number, meaning, members, index, subjects, scene, groups, text
        )
        yield Finding(
            meaning.type or "",
            sentence,
            number.start,
            number.end,
            number.value * meaning.factor,
            None,
            _unit(meaning, number),
            number.operator,
            meaning.metric,
            about,
        )


def _find_named_in_brackets(text: str, number: Number, mentions: list[Mention]) -> tuple[str, ...]:
    """The model that stands in brackets right after a number: "34B (Yi-34B)"."""
    for each in mentions:
        if re.fullmatch(r"\s?\(\s?", text[number.end : each.start]):
            return (each.name,)
    return ()


def _unit(meaning: Meaning, number: Number) -> str:
    if meaning.type == "price" and number.currency == "€":
        return "eur_per_mtok"
    return UNITS[meaning.type or ""]


def _find_reason(text: str, members: list[tuple[Number, Meaning]]) -> str | None:
    """Return why the numbers are no claim, or None."""
    number, meaning = members[0]
    before = text[max(0, number.start - 90) : number.start]
    if meaning.type is None:
        return meaning.reason
    if meaning.type.startswith("params"):
        if _OTHERS.search(before):
            return "speaks of other models"
        if (
            len(members) == 2
            and _RANGE.search(before)
            and re.search(r"\bto\b|-|–", text[number.end : members[1][0].start])
        ):
            return "the range of a family"
        if number.operator in (Operator.LESS_THAN, Operator.AT_MOST) and re.search(
            r"models?\b", before[-40:], re.IGNORECASE
        ):
            return "speaks of other models"
    return None


def _around(text: str, number: Number) -> str:
    return text[max(0, number.start - 40) : number.end + 40]


def _choose_member(
    number: Number,
    meaning: Meaning,
    members: list[tuple[Number, Meaning]],
    index: int,
    subjects: tuple[str, ...],
    scene: Scene,
    groups: list[list[tuple[Number, Meaning]]],
    text: str,
) -> tuple[str, ...]:
    """Whom one number of a list is about: its own size, its partner by order, or all."""
    if len(members) > 1 and len(subjects) == len(members):
        return (subjects[index],)
    base = subjects[0] if len(subjects) == 1 else scene.base
    is_one_of_several = len(members) > 1 or re.search(r"\bincluding an?\s+$", text[: number.start])
    if meaning.type == "params_total" and base and is_family_only(base) and is_one_of_several:
        return (f"{base} {_write_size(number.value)}",)
    sizes = next((g for g in groups if g[0][1].type == "params_total" and len(g) > 1), None)
    is_before = sizes is not None and sizes[0][0].start < number.start
    if sizes and is_before and base and is_family_only(base) and sizes is not members:
        names = [f"{base} {_write_size(each.value)}" for each, _ in sizes]
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


def _read_months(sentence: Marked, mentions: list[Mention], scene: Scene) -> Iterator[Finding]:
    text = sentence.text
    for month, start, end in find_months(text):
        if _CUTOFF.search(text[max(0, start - 120) : start]):
            subjects = scene.choose(text, mentions, start, end)
            yield Finding("knowledge_cutoff", sentence, start, end, words=month, subjects=subjects)


def _read_licences(
    sentence: Marked, mentions: list[Mention], scene: Scene, out: Findings
) -> Iterator[Finding]:
    text = sentence.text
    if not _LICENSED.search(text):
        return
    for name, start, end in find_licences(text):
        if _OF_OTHER_THINGS.search(text[max(0, start - 80) : start]):
            out.leave_out(text[max(0, start - 40) : end], "licence of something else")
            continue
        subjects = scene.choose(text, mentions, start, end)
        yield Finding("license", sentence, start, end, words=name, subjects=subjects)


def _read_scores(sentence: Marked, mentions: list[Mention], scene: Scene) -> Iterator[Finding]:
    text = sentence.text
    benchmarks = find_benchmarks(text)
    if not benchmarks:
        return
    for number in find_numbers_in(text):
        if number.scale or number.currency or not _is_free(number, mentions) or number.value > 100:
            continue
        if any(start <= number.start < end for _, start, end in benchmarks):
            continue
        if _DIFFERENCE.match(text, number.end) or number.operator is Operator.LESS_THAN:
            continue
        holder = _find_holder(text, number, mentions)
        name = _find_scored(text, number, benchmarks)
        if name is None and holder and len(benchmarks) == 1:
            name = benchmarks[0][0]
        if name is not None and (number.decimals or text[number.end : number.end + 1] == "%"):
            end = number.end
            subjects = holder or scene.choose(text, mentions, number.start, end)
            yield Finding(
                "benchmark_score", sentence, number.start, end, number.value, None, "percent",
                number.operator, name, subjects,
            )  # fmt: skip


def _find_holder(text: str, number: Number, mentions: list[Mention]) -> tuple[str, ...]:
    """The model right before a score that stands alone in brackets: "that of Toyla 2 (79.8)"."""
    for each in mentions:
        if re.fullmatch(r"\s?\(", text[each.end : number.start]) and re.match(
            r"\s?%?\s?\)", text[number.end : number.end + 4]
        ):
            return (each.name,)
    return ()


def _find_scored(text: str, number: Number, benchmarks: list[tuple[str, int, int]]) -> str | None:
    if match := _SCORE_AFTER.match(text, number.end):
        for name, start, _ in benchmarks:
            if start == match.end():
                return name
    for name, _, end in benchmarks:
        if (
            end <= number.start
            and number.start - end < 60
            and _SCORE_BEFORE.fullmatch(text, end, number.start)
        ):
            return name
    return None
