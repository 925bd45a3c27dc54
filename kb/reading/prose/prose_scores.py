"""Scores in a sentence: a number beside the name of a test."""

import re
from collections.abc import Iterator

from kb.domain.claim_types import Operator
from kb.reading.prose.numbers import Number, find_numbers_in
from kb.reading.raw_claims import RawClaim
from kb.reading.subjects.mentions import Mention, is_free
from kb.reading.subjects.scene import Scene
from kb.reading.vocabulary.benchmarks import find_benchmarks
from kb.text.marked_text import Marked

# Between test and figure: "MMLU (5-shot): 79.3", "GSM8K with an accuracy of 92.1"
_SCORE_BEFORE = re.compile(
    r"(?:\([^()]{0,40}\)|\(|\s|:|=|of|is|at|score[sd]?|reach\w*|achiev\w*|with|a|an|accuracy|pass@1|up to|an impressive|-|–|—|\|)*",
    re.IGNORECASE,
)
# Between figure and test: "79.3% accuracy on the MATH", "88.4 pass@1 on HumanEval"
_SCORE_AFTER = re.compile(
    r"%?\s*(?:(?:points?|accuracy|pass@1|score|pass rate|success rate|\(?[\w@-]{1,10}\)?)\s){0,3}(?:on|in|at|for)\s+(?:the\s|both\s)?",
    re.IGNORECASE,
)
# "12% higher", "5-shot", "30% of the problems": the figure is no score.
_DIFFERENCE = re.compile(
    r"%?\s*(?:higher|lower|better|worse|more|less|improvement|increase|gain|drop|points? (?:higher|lower|above|below|improvement|gain)|faster|cheaper|of the|-shot|shot|problems|questions)",
    re.IGNORECASE,
)


def read_scores(sentence: Marked, mentions: list[Mention], scene: Scene) -> Iterator[RawClaim]:
    """Yield the scores that a sentence tells."""
    text = sentence.text
    benchmarks = find_benchmarks(text)
    if not benchmarks:
        return
    for number in find_numbers_in(text):
        if (
            number.scale
            or number.currency
            or not is_free(number.start, number.end, mentions)
            or number.value > 100
        ):
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
            yield RawClaim(
                "benchmark_score", sentence, number.start, end, number.value, None, "percent",
                number.operator, name, subjects,
            )  # fmt: skip


def _find_holder(text: str, number: Number, mentions: list[Mention]) -> tuple[str, ...]:
    """The model right before a score that stands alone in brackets: "that of Toyla 2 (79.8)"."""
    for mention in mentions:
        if re.fullmatch(r"\s?\(", text[mention.end : number.start]) and re.match(
            r"\s?%?\s?\)", text[number.end : number.end + 4]
        ):
            return (mention.name,)
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
