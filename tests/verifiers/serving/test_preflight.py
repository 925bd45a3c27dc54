"""The pre-flight check, on scripted engines: every way of being unfit has its own message."""

from dataclasses import replace

import pytest

from kb.models.weight_headers import WeightFacts
from verifiers.engines.scripted import ScriptedEngine
from verifiers.serving.preflight import (
    PROSE,
    UnfitReleaseError,
    check_answers,
    check_counts,
    check_loss,
    check_tokenizer,
)
from verifiers.serving.tokenizing import PromptTokenizer

TEMPLATE = "{{ messages[0].content }}"


class Words:
    """A tokenizer that makes a token of each word."""

    bos_token_id = 1
    chat_template = TEMPLATE

    def __call__(self, text, add_special_tokens=True):
        return type("Ids", (), {"input_ids": list(range(2, 2 + len(text.split())))})


TOKENIZER = PromptTokenizer(Words(), add_bos=False)
FACTS = WeightFacts("gguf", 1, 1, 1, "Q8_0", chat_template=TEMPLATE, add_bos_token=False)


@pytest.mark.parametrize(("logprob", "fit"), [(-1.0, True), (-9.0, False), (0.0, False)])
def test_loss_must_lie_within_bounds(logprob, fit):
    prompt = tuple(range(len(PROSE.split())))
    engine = ScriptedEngine(lambda prompt: "", 8192, logprob)
    if fit:
        assert 0 < check_loss(engine, prompt, False).bits_per_byte < 1.3
    else:
        with pytest.raises(UnfitReleaseError, match="bits per byte"):
            check_loss(engine, prompt, False)


def test_an_engine_that_counts_otherwise_is_unfit():
    engine = ScriptedEngine(lambda prompt: "", 8192)
    check_counts(engine, TOKENIZER)
    engine.count_tokens = lambda text: len(text.split()) + 1
    with pytest.raises(UnfitReleaseError, match="lengths would not mean"):
        check_counts(engine, TOKENIZER)


@pytest.mark.parametrize(
    ("answer", "logprob", "fit"), [("a b c", -1.0, True), ("a b", -8.0, False), ("", -1.0, False)]
)
def test_answers_must_be_likely(answer, logprob, fit):
    engine = ScriptedEngine(lambda prompt: answer, 8192, logprob)
    if fit:
        check_answers(engine, TOKENIZER)
    else:
        with pytest.raises(UnfitReleaseError, match="not what its weights find likely"):
            check_answers(engine, TOKENIZER)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (replace(FACTS, add_bos_token=True), "wants a BOS token"),
        (replace(FACTS, chat_template=None), "disagree about the chat template"),
        (replace(FACTS, chat_template="{{ other }}"), "not the one that the release declares"),
    ],
)
def test_tokenizer_and_template_are_those_of_the_release(facts, words):
    check_tokenizer(FACTS, TOKENIZER)
    with pytest.raises(UnfitReleaseError, match=words):
        check_tokenizer(facts, TOKENIZER)
