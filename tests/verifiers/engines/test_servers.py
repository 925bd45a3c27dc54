"""Servers that misbehave, over real HTTP on loopback: a clear refusal each, never a number."""

import itertools
import time
from contextlib import contextmanager
from dataclasses import replace

import pytest

from tests import loopback
from verifiers.engines.openai_server import OpenAiServer, ask_running_server, read_cache_tokens
from verifiers.engines.protocol import EngineError, EngineFacts, EngineLostError

GOOD = {"choices": [{"text": " 1", "finish_reason": "stop"}], "usage": {"prompt_tokens": 3}}


METRICS = b'# HELP\nvllm:cache_config_info{block_size="16",a="x",num_gpu_blocks="2893"} 1.0\n'
FACTS = EngineFacts("toy", None, "none", None, 64)


@contextmanager
def serve(answer):
    """Serve one scripted answer: bytes, an object, a status, or a way to fail."""
    asked = itertools.count(1)

    class Handler(loopback.Handler):
        def do_POST(self):
            self.read_json()
            self.act(answer)

        def do_GET(self):
            if self.path == "/metrics":
                return self.reply(METRICS)
            listing = {"data": [{"id": "toy", "max_model_len": 64}]}
            return self.reply(listing if self.path == "/v1/models" else {"version": "9.9"})

        def act(self, value):
            if value == "hang":
                return time.sleep(5)
            if value == "hang up" or (value == "die at every third" and next(asked) % 3 == 0):
                return self.hang_up()
            value = GOOD if value == "die at every third" else value
            return self.reply(value, value if isinstance(value, int) else 200)

    with loopback.run_server(Handler) as url:
        yield url


def client(url, window=64):
    return OpenAiServer(url, "toy", replace(FACTS, window_tokens=window))


def test_a_good_answer_is_taken():
    with serve(GOOD) as url:
        completion = client(url).complete((1, 2, 3), 5)
    assert (completion.text, completion.prompt_tokens) == (" 1", 3)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({**GOOD, "usage": {"prompt_tokens": 2}}, "counted 2 prompt tokens, 3 were sent"),
        ({"choices": []}, "has no text"),
        ({"choices": [{"text": None}]}, "has no text"),
        ([], "has no text"),
        (b"<html>", "not JSON"),
        (500, "says 500"),
        ("hang up", "no answer"),
    ],
)
def test_misbehaviour_is_refused(answer, words):
    with serve(answer) as url, pytest.raises(EngineError, match=words):
        client(url).complete((1, 2, 3), 5)


def test_a_server_that_hangs_is_left_after_a_while():
    with serve("hang") as url, pytest.raises(EngineLostError, match="within 1 s"):
        OpenAiServer(url, "toy", FACTS, patience_s=1.0).complete((1, 2, 3), 5)


def test_a_broken_connection_is_tried_again():
    """Dies at every third request: the same question is asked again, and has one answer."""
    with serve("die at every third") as url:
        engine = client(url)
        assert [engine.complete((1, 2, 3), 5).text for _ in range(10)] == [" 1"] * 10


def test_nothing_is_sent_that_does_not_fit():
    with pytest.raises(EngineError, match="take 68 tokens, the served window has 64"):
        client("http://127.0.0.1:9").complete(tuple(range(60)), 8)


def test_a_loss_needs_log_probabilities():
    with serve(GOOD) as url, pytest.raises(EngineError, match="no log probabilities"):
        client(url).score((1, 2, 3))


def test_a_given_server_is_asked_what_it_serves():
    with serve(GOOD) as url:
        facts = ask_running_server(f"{url}/v1").facts
    assert (facts.window_tokens, facts.version) == (64, "9.9")
    with pytest.raises(EngineError, match="no OpenAI-compatible server"):
        ask_running_server("http://127.0.0.1:9")


def test_a_server_says_how_much_it_holds():
    with serve(GOOD) as url:
        assert ask_running_server(url).facts.cache_tokens == 16 * 2893
    assert read_cache_tokens("http://127.0.0.1:9") is None


def test_a_server_that_dies_is_told_with_its_last_words(tmp_path):
    import sys

    from verifiers.engines.server_process import ServerProcess

    command = [sys.executable, "-c", "print('out of memory, sorry'); raise SystemExit(3)"]
    process = ServerProcess(command, tmp_path / "log", {"PATH": "/usr/bin:/bin"})
    deadline = time.monotonic() + 20
    with pytest.raises(EngineError, match="out of memory, sorry"):
        while time.monotonic() < deadline:
            process.check_alive()
            time.sleep(0.1)
    process.stop()
