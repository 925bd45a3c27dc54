"""The runner's logic on a scripted engine: time runs out, unfit releases, what is left out."""

import pytest

from kb.domain.results import Answer
from verifiers.engines.scripted import ScriptedEngine
from verifiers.fitness import PROSE, UnfitReleaseError, check_loss
from verifiers.probes import context_window


def encode(instruction, prefix):
    return tuple(range(len(f"{instruction} {prefix}".split())))


def climb(engine, parameters):
    """What the runner does with a ladder, without a database."""
    rungs = {}
    for rung, count in zip(parameters["rungs"], parameters["questions"], strict=True):
        answers = []
        for item in context_window.list_items(rung, count, 1):
            question = context_window.make_question(item, 1, encode)
            answer = engine.complete(question.prompt, question.max_tokens)
            right = context_window.is_right(answer.text, question.expected)
            answers.append(Answer(item.name, rung, answer.prompt_tokens, right))
        rungs[rung] = answers
        if context_window.has_failed(answers):
            break
    return rungs


def test_a_deaf_engine_is_not_asked_about_longer_texts():
    engine = ScriptedEngine(lambda prompt: "no idea", 8192)
    parameters = context_window.make_parameters(8192, "quick")
    rungs = climb(engine, parameters)
    assert list(rungs) == [1024]
    assert engine.asked == parameters["questions"][0]


@pytest.mark.parametrize(("logprob", "fit"), [(-1.0, True), (-9.0, False), (0.0, False)])
def test_loss_must_lie_within_bounds(logprob, fit):
    prompt = tuple(range(len(PROSE.split())))
    engine = ScriptedEngine(lambda prompt: "", 8192, logprob)
    if fit:
        assert 0 < check_loss(engine, prompt, False).bits_per_byte < 1.3
    else:
        with pytest.raises(UnfitReleaseError):
            check_loss(engine, prompt, False)
