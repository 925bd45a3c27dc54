"""Asking: everything is answered once, whatever happens to engines, and memory is bounded."""

import threading
import time
from functools import partial

import pytest

from kb.domain.results import Question
from verifiers.asking import Asker, OutOfTimeError
from verifiers.engines.protocol import Completion, EngineError, EngineFacts, EngineLostError


def make_question(number, tokens=100):
    return Question(str(number), "toy", tokens, None, (number,), ("x",), 5)


class Engine:
    """Answers with the number it was asked, after `delay_s`; `fail` may raise."""

    def __init__(self, cache_tokens=10_000, delay_s=0.0, fail=lambda number: None):
        self.facts = EngineFacts("toy", None, "none", None, 10**9, cache_tokens=cache_tokens)
        self.delay_s, self.fail = delay_s, fail
        self.asked, self.now, self.most = [], 0, 0
        self.lock = threading.Lock()

    def complete(self, prompt, max_tokens, stop=()):
        with self.lock:
            self.asked.append(prompt[0])
            self.now += 1
            self.most = max(self.most, self.now)
        try:
            time.sleep(self.delay_s)
            self.fail(prompt[0])
            return Completion(str(prompt[0]), 1, "stop")
        finally:
            with self.lock:
                self.now -= 1


def ask(asker, count, tokens=100):
    makers = [partial(make_question, number, tokens) for number in range(count)]
    return sorted(int(asked.completion.text) for asked in asker.ask(makers))


def test_many_are_asked_at_once():
    engine = Engine(delay_s=0.02)
    began = time.monotonic()
    assert ask(Asker(engine, None), 100) == list(range(100))
    assert engine.most > 20
    assert time.monotonic() - began < 1.5
    assert sorted(engine.asked) == list(range(100))


def test_a_long_text_is_not_held_many_times():
    """No more is made than the engine can hold, and always at least one."""
    engine, alive = Engine(cache_tokens=2_000_000, delay_s=0.01), []

    def make(number):
        alive.append(number - len(engine.asked))
        return make_question(number, 1_000_000)

    list(Asker(engine, None).ask([partial(make, number) for number in range(20)]))
    assert engine.most <= 3
    assert max(alive) <= 3
    tiny = Engine(cache_tokens=10)
    assert ask(Asker(tiny, None), 3, tokens=1000) == [0, 1, 2]
    assert tiny.most == 1


def test_what_a_lost_engine_did_not_answer_is_asked_again():
    def die(number):
        if number >= 5:
            raise EngineLostError("it died")

    second = Engine()
    asker = Asker(Engine(fail=die), lambda: second, waits_s=(0.0,))
    assert ask(asker, 12) == list(range(12))
    assert sorted(second.asked) == list(range(5, 12))


def test_engines_that_die_without_an_answer_are_given_up():
    def die(number):
        raise EngineLostError("it died again")

    started = []

    def revive():
        started.append(1)
        return Engine(fail=die)

    with pytest.raises(EngineLostError, match="died again"):
        ask(Asker(Engine(fail=die), revive, waits_s=(0.0,)), 4)
    assert len(started) == 3


def test_a_wrong_answer_ends_it_and_keeps_the_others():
    def refuse(number):
        if number == 3:
            raise EngineError("it counted wrong")

    got = []
    asker = Asker(Engine(fail=refuse), None)
    with pytest.raises(EngineError, match="counted wrong"):
        got.extend(
            each.question.item for each in asker.ask([partial(make_question, n) for n in range(6)])
        )
    assert sorted(got) == ["0", "1", "2", "4", "5"]


def test_when_time_is_over_what_is_under_way_is_kept():
    engine, over = Engine(delay_s=0.05), []
    asker = Asker(engine, None, is_over=lambda: len(engine.asked) >= 3)
    with pytest.raises(OutOfTimeError):
        over.extend(
            each.question.item for each in asker.ask([partial(make_question, n) for n in range(50)])
        )
    assert 3 <= len(over) == len(engine.asked) < 50
