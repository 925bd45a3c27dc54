"""Sentences → raw claims."""

import re
from collections.abc import Iterator

from kb.domain.claim_types import find_claim_type
from kb.reading.prose.no_claims import find_reason
from kb.reading.prose.number_lists import (
    choose_member,
    find_meaning_in_sentence,
    find_named_in_brackets,
    make_lists,
    spread,
)
from kb.reading.prose.number_rules import find_meaning
from kb.reading.prose.numbers import Number, find_number_words, find_numbers_in
from kb.reading.prose.prose_scores import read_scores
from kb.reading.raw_claims import RawClaim, RawClaims
from kb.reading.subjects.mentions import Mention, is_free
from kb.reading.subjects.scene import Scene
from kb.reading.vocabulary.licence_names import find_licences
from kb.reading.vocabulary.machines import find_machines
from kb.reading.vocabulary.meaning import Meaning
from kb.reading.vocabulary.months import find_months
from kb.text.marked_text import Marked
from kb.text.sentences import split_sentences

# "knowledge cutoff of August 2024", "pretraining data has a cutoff of", "trained on data up to"
_CUTOFF = re.compile(
    r"(?:cut-?\s?off|knowledge|training data|pre-?train\w*|data)[^.]{0,50}?(?:cut-?\s?off|up (?:to|until)|through|until|ending in|as of)[^.]{0,30}$"
    r"|cut-?\s?off(?: date)?(?: of| is|:| in|:| =)?\s*\W{0,3}$|data is more recent, up to\s*$", re.IGNORECASE,
)  # fmt: skip
# A licence is named for its own sake too often: one of these must say that something is under it.
_LICENSED = re.compile(
    r"licen[sc]|released under|available under|distributed under|governed by|adhere|under (?:the|an?)\b|subject to|comply",
    re.IGNORECASE,
)
# "the code is released under MIT" and "our dataset is under CC-BY-4.0" say nothing of the
# weights.
_OF_OTHER_THINGS = re.compile(
    r"\b(?:code|dataset|data|documentation|library|repository|repo|tokenizer|images?|vocab\w*|paper|datasets)\b[^.;,]{0,40}$"
    r"|not (?:licensed |released |under )[^.;,]{0,20}$|(?:trademark|terms of service)[^.;,]{0,20}$", re.IGNORECASE,
)  # fmt: skip
_DIGITS = re.compile(r"\d+")
# More than that is a matrix or a log pasted into the text.
_MAX_NUMBERS = 120


def read_prose(text: Marked, scene: Scene, out: RawClaims, locator: str) -> None:
    """Add what the sentences of `text` say."""
    scene.begin_block()
    for start, end in split_sentences(text.text):
        sentence = text.cut(start, end)
        if len(_DIGITS.findall(sentence.text)) > _MAX_NUMBERS:
            out.leave_out(sentence.text, "a row of numbers, not a sentence")
            continue
        mentions = scene.find(sentence.text)
        scene.learn(mentions)
        for claim in _read_sentence(sentence, mentions, scene, out):
            out.claims.append(_with_locator(claim, locator))
        scene.follow(sentence.text, mentions)


def _with_locator(claim: RawClaim, locator: str) -> RawClaim:
    return RawClaim(**{**vars(claim), "locator": locator})


def _read_sentence(
    sentence: Marked, mentions: list[Mention], scene: Scene, out: RawClaims
) -> Iterator[RawClaim]:
    yield from _read_numbers(sentence, mentions, scene, out)
    yield from _read_months(sentence, mentions, scene)
    yield from _read_licences(sentence, mentions, scene, out)
    yield from read_scores(sentence, mentions, scene)
    for claim in find_machines(sentence):
        subjects = scene.choose(sentence.text, mentions, claim.start, claim.end)
        yield RawClaim(**{**vars(claim), "subjects": subjects})


def _read_numbers(
    sentence: Marked, mentions: list[Mention], scene: Scene, out: RawClaims
) -> Iterator[RawClaim]:
    text = sentence.text
    numbers = [
        number for number in find_numbers_in(text) if is_free(number.start, number.end, mentions)
    ]
    words = [
        number for number in find_number_words(text) if is_free(number.start, number.end, mentions)
    ]
    meanings: list[tuple[Number, Meaning | None]] = [
        (number, find_meaning_in_sentence(text, number)) for number in numbers
    ]
    for number in words:
        meaning = find_meaning(text, number)
        if meaning is not None and meaning.claim_type == "experts":
            meanings.append((number, meaning))
    meanings.sort(key=lambda pair: pair[0].start)
    groups = make_lists(text, spread(text, meanings))
    for members in groups:
        yield from _read_list(sentence, members, mentions, scene, out, groups)


def _read_list(
    sentence: Marked,
    members: list[tuple[Number, Meaning]],
    mentions: list[Mention],
    scene: Scene,
    out: RawClaims,
    groups: list[list[tuple[Number, Meaning]]],
) -> Iterator[RawClaim]:
    text = sentence.text
    first, last = members[0][0], members[-1][0]
    reason = find_reason(text, members)
    if reason is not None:
        for number, _ in members:
            out.leave_out(_around(text, number), reason)
        return
    subjects = scene.choose(text, mentions, first.start, last.end)
    for index, (number, meaning) in enumerate(members):
        about = find_named_in_brackets(text, number, mentions) or choose_member(
            number, meaning, members, index, subjects, scene, groups, text
        )
        yield RawClaim(
            meaning.claim_type or "",
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


def _unit(meaning: Meaning, number: Number) -> str | None:
    if meaning.claim_type == "price" and number.currency == "€":
        return "eur_per_mtok"
    return find_claim_type(meaning.claim_type).read_unit if meaning.claim_type else None


def _around(text: str, number: Number) -> str:
    return text[max(0, number.start - 40) : number.end + 40]


def _read_months(sentence: Marked, mentions: list[Mention], scene: Scene) -> Iterator[RawClaim]:
    text = sentence.text
    for month, start, end in find_months(text):
        if _CUTOFF.search(text[max(0, start - 120) : start]):
            subjects = scene.choose(text, mentions, start, end)
            yield RawClaim(
                "knowledge_cutoff", sentence, start, end, claimed_text=month, subjects=subjects
            )


def _read_licences(
    sentence: Marked, mentions: list[Mention], scene: Scene, out: RawClaims
) -> Iterator[RawClaim]:
    text = sentence.text
    if not _LICENSED.search(text):
        return
    for name, start, end in find_licences(text):
        if _OF_OTHER_THINGS.search(text[max(0, start - 80) : start]):
            out.leave_out(text[max(0, start - 40) : end], "licence of something else")
            continue
        subjects = scene.choose(text, mentions, start, end)
        yield RawClaim("license", sentence, start, end, claimed_text=name, subjects=subjects)
