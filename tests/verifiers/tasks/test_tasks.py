"""Tasks on long texts: they fill their length, hold their answer, and can be scored."""

import re
from collections import Counter
from random import Random

import pytest

from verifiers.scoring import recall
from verifiers.tasks.catalogue import BY_NAME, NON_LEXICAL_NEEDLE, ROUND
from verifiers.tasks.filling import fill
from verifiers.tasks.hidden import PAIRS

LENGTHS = (512, 1024, 4096, 32768)


def encode(instruction, prefix):
    """Words and marks as tokens: about what real tokenizers make."""
    return tuple(map(len, re.findall(r"\w{1,5}|[^\w\s]", f"{instruction}\n{prefix}")))


def test_a_round_is_thirteen_tasks_of_four_families():
    families = Counter(task.family for task in ROUND)
    assert sum(families.values()) == len(ROUND) == 13
    assert families == {
        "retrieval": 8, "tracing": 1, "aggregation": 2, "question answering": 2,
    }  # fmt: skip


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("name", BY_NAME)
def test_a_prompt_fills_its_length(name, length):
    made = fill(BY_NAME[name], "7", length, encode)
    room = length - made.task.answer_tokens
    assert len(made.prompt) <= room
    assert room - len(made.prompt) <= max(64, 0.02 * room), (room, len(made.prompt))


@pytest.mark.parametrize("name", BY_NAME)
def test_the_answer_stands_in_the_text_and_scores_full_marks(name):
    for seed in range(20):
        text = BY_NAME[name].make(Random(seed), 600)
        body = text.instruction.rsplit("\n\n", 1)[0].casefold()
        assert all(wanted.casefold() in body for wanted in text.expected)
        assert text.depth is None or 0 <= text.depth <= 1
        right = f" {', '.join(text.expected)}."
        assert recall.score(right, text.expected) == 1.0
        assert recall.score("I cannot say.", text.expected) == 0.0
        asked = text.instruction.rsplit("\n\n", 1)[1] + text.answer_prefix
        assert not any(wanted.casefold() in asked.casefold() for wanted in text.expected)


@pytest.mark.parametrize("name", BY_NAME)
def test_the_same_seed_is_the_same_question_and_others_differ(name):
    one, same, other = (fill(BY_NAME[name], seed, 2048, encode) for seed in ("1", "1", "2"))
    assert one == same
    assert one.text.instruction != other.text.instruction
    assert one.text.expected != other.text.expected or name == "hidden"


@pytest.mark.parametrize("name", BY_NAME)
def test_answers_lie_at_many_depths(name):
    depths = [BY_NAME[name].make(Random(seed), 800).depth for seed in range(60)]
    several = {"multi_value", "multi_query", "chain", "common_words", "frequent_words"}
    if name in several:
        assert set(depths) == {None}
        return
    assert min(depths) < 0.2
    assert max(depths) > 0.8
    assert len({round(depth, 1) for depth in depths}) >= 4


@pytest.mark.parametrize("size", [300, 2000, 20_000])
def test_what_is_asked_for_is_what_comes_most_often(size):
    for name, lines in (("common_words", r"\d+\. (\w+)"), ("frequent_words", r"(\w+)")):
        text = BY_NAME[name].make(Random(3), size)
        body = text.instruction.split("\n\n")[1]
        top = Counter(re.findall(lines, body)).most_common(len(text.expected) + 1)
        assert {word for word, _ in top[:-1]} == set(text.expected)
        assert top[-2][1] > top[-1][1]


def test_a_chain_can_be_followed_to_its_value():
    text = BY_NAME["chain"].make(Random(5), 500)
    value = re.search(r"have the value (\d+)", text.instruction)[1]
    given = dict(re.findall(r"NAME (\w+) = (?:NAME )?(\w+)\.", text.instruction))

    def resolve(name):
        return resolve(given[name]) if given[name] in given else given[name]

    assert {name for name in given if resolve(name) == value} == set(text.expected)


def test_haystacks_are_not_one_sentence_all_over_again():
    for name in ("single_number", "multi_value", "hidden", "chain"):
        body = BY_NAME[name].make(Random(1), 20_000).instruction
        sentences = re.split(r"(?<=\.) ", body)
        assert Counter(sentences).most_common(1)[0][1] <= 0.12 * len(sentences)


def test_question_and_needle_share_no_word_of_weight():
    """Words of four letters and more, by their first four: no stem in common."""
    for remark, question in PAIRS:
        said, asked = (
            {word[:4] for word in re.findall(r"[a-z]{4,}", text.casefold())}
            for text in (remark, question)
        )
        assert not said & asked, (remark, question)
    assert NON_LEXICAL_NEEDLE not in ROUND


@pytest.mark.parametrize(
    ("answer", "expected", "score"),
    [
        ("It is 1,234,567.", ("1234567",), 1.0),
        ("It is 12345678.", ("1234567",), 0.0),
        ("amber, Basin", ("basin", "candle"), 0.5),
        ("", ("x",), 0.0),
        ("ab12-cd34 is it", ("ab12",), 0.0),
    ],
)
def test_scoring(answer, expected, score):
    assert recall.score(answer, expected) == score


@pytest.mark.parametrize("name", ["single_number", "multi_key", "lines_of_numbers", "one_step"])
def test_the_depth_is_where_the_answer_lies(name):
    for seed in range(10):
        text = BY_NAME[name].make(Random(seed), 3000)
        body = text.instruction.rsplit("\n\n", 1)[0]
        place = body.casefold().index(text.expected[0].casefold()) / len(body)
        assert abs(place - text.depth) < 0.1


def test_a_length_that_nothing_fits_is_refused():
    with pytest.raises(ValueError, match="does not fit"):
        fill(BY_NAME["multi_query"], "1", 90, encode)
