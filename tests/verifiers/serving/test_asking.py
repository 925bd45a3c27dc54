"""Asking: everything is answered once, whatever happens to engines, and memory is bounded."""

import threading
import time
from functools import partial

import pytest

from kb.domain.results import EngineQuestion
from verifiers.engines.protocol import Completion, EngineError, EngineFacts, EngineLostError
from verifiers.serving.asking import Asker, OutOfTimeError


def make_question(item, tokens=100):
    return EngineQuestion(item, "toy", (int(item),), 5, context_tokens=tokens)


def make_asker(engine, revive=None, make=make_question, **options):
    return Asker(engine, make, revive, **options)


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


def list_items(count):
    return [str(number) for number in range(count)]


def ask(asker, count):
    with asker:
        return sorted(int(asked.completion.text) for asked in asker.ask(list_items(count)))


def test_many_are_asked_at_once():
    engine = Engine(delay_s=0.1)  # ten seconds, one after the other
    began = time.monotonic()
    assert ask(make_asker(engine), 100) == list(range(100))
    assert engine.most > 20
    assert time.monotonic() - began < 5
    assert sorted(engine.asked) == list(range(100))


def test_a_long_text_is_not_held_many_times():
    """No more is made than the engine can hold, and always at least one."""
    engine, alive = Engine(cache_tokens=2_000_000, delay_s=0.01), []

    def make(item):
        alive.append(int(item) - len(engine.asked))
        return make_question(item, 1_000_000)

    ask(make_asker(engine, make=make), 20)
    assert engine.most <= 3
    assert max(alive) <= 3
    tiny = Engine(cache_tokens=10)
    assert ask(make_asker(tiny, make=partial(make_question, tokens=1000)), 3) == [0, 1, 2]
    assert tiny.most == 1


def test_what_a_lost_engine_did_not_answer_is_asked_again():
    def die(number):
        if number >= 5:
            raise EngineLostError("it died")

    second = Engine()
    asker = make_asker(Engine(fail=die), lambda: second, waits_s=(0.0,))
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
        ask(make_asker(Engine(fail=die), revive, waits_s=(0.0,)), 4)
    assert len(started) == 3


def test_a_wrong_answer_ends_it_and_keeps_the_others():
    def refuse(number):
        if number == 3:
            raise EngineError("it counted wrong")

    got = []
    asker = make_asker(Engine(fail=refuse))
    with pytest.raises(EngineError, match="counted wrong"):
        got.extend(asked.question.item for asked in asker.ask(list_items(6)))
    assert sorted(got) == ["0", "1", "2", "4", "5"]


def test_when_time_is_over_what_is_under_way_is_kept():
    engine, over = Engine(delay_s=0.05), []
    asker = make_asker(engine, is_over=lambda: len(engine.asked) >= 3)
    with pytest.raises(OutOfTimeError):
        over.extend(asked.question.item for asked in asker.ask(list_items(50)))
    assert 3 <= len(over) == len(engine.asked) < 50


def test_likely_next_questions_are_begun_while_the_last_are_answered():
    """One slow answer holds the call up; what comes next is asked meanwhile, and only once."""

    def delay(number):
        time.sleep(0.5 if number == 3 else 0.0)

    engine = Engine(fail=delay)
    with make_asker(engine) as asker:
        first = [asked.question.item for asked in asker.ask(list_items(4), ahead=["4", "5"])]
        assert sorted(first) == ["0", "1", "2", "3"]
        assert sorted(engine.asked) == [0, 1, 2, 3, 4, 5]
        second = [asked.question.item for asked in asker.ask(["5", "6"])]
    assert sorted(second) == ["5", "6"]
    assert sorted(engine.asked) == [0, 1, 2, 3, 4, 5, 6]


def test_what_was_begun_too_early_holds_nobody_up():
    def delay(number):
        time.sleep(5.0 if number == 9 else 0.1 * (number == 1))

    with make_asker(Engine(fail=delay)) as asker:
        began = time.monotonic()
        assert len(list(asker.ask(["0", "1"], ahead=["9"]))) == 2
        assert len(list(asker.ask(["2"]))) == 1
    assert time.monotonic() - began < 4.5  # the slow one takes five


def test_what_was_begun_too_early_is_asked_again_when_its_engine_is_lost():
    def die(number):
        time.sleep(0.1 * (number > 0))
        if number > 0:
            raise EngineLostError("it died")

    second = Engine()
    with make_asker(Engine(fail=die), lambda: second, waits_s=(0.0,)) as asker:
        assert len(list(asker.ask(["0", "1"], ahead=["2", "3"]))) == 2
        assert len(list(asker.ask(["2", "3"]))) == 2
    assert sorted(second.asked) == [1, 2, 3]
