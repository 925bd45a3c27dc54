"""A proxy before a real server, over real HTTP, that fails in ways of which servers fail."""

import itertools
import time
from contextlib import contextmanager

import httpx

from tests import loopback


def pass_on(body, ask):
    """Do no harm."""
    return ask(body)


def truncate(body, ask):
    """Answer the second half of what was asked, as if it were all."""
    prompt = body["prompt"]
    is_long = isinstance(prompt, list) and len(prompt) > 300
    return ask({**body, "prompt": prompt[len(prompt) // 2 :]}) if is_long else ask(body)


def count_otherwise(body, ask):
    """Use a tokenizer that makes a tenth more of a text."""
    answer = ask(body)
    if isinstance(body["prompt"], str):
        answer["usage"]["prompt_tokens"] = int(answer["usage"]["prompt_tokens"] * 1.1)
    return answer


def babble(body, ask):
    """Answer in words that no model finds likely."""
    answer = ask(body)
    answer["choices"][0]["text"] = " quantum 7 lemon of the if zebra below ran 12 oblique tin"
    return answer


def say_nothing(body, ask):
    """Answer with an object that holds no answer."""
    return {"object": "text_completion", "choices": []}


def hang(body, ask):
    """Take long over every question but the short ones that come first."""
    if isinstance(body["prompt"], list) and len(body["prompt"]) > 300:
        time.sleep(30)
    return ask(body)


@contextmanager
def serve_badly(target, mode=pass_on, window=None, dies_every=None):
    """Hand requests on to `target`, in the way of `mode`; yield the proxy's address.

    `window` is told in place of the true one; of all questions every `dies_every`-th is cut off.
    """
    asked = itertools.count(1)

    class Handler(loopback.Handler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            answer = httpx.get(f"{target}{self.path}", timeout=60)
            body = answer.content
            if self.path == "/v1/models" and window:
                body = answer.json()
                body["data"][0]["max_model_len"] = window
            self.reply(body, answer.status_code)

        def do_POST(self):
            body = self.read_json()
            if dies_every and next(asked) % dies_every == 0:
                return self.hang_up()
            return self.reply(mode(body, self.ask))

        def ask(self, body):
            answer = httpx.post(f"{target}{self.path}", json=body, timeout=600)
            return answer.raise_for_status().json()

    with loopback.run_server(Handler) as url:
        yield url
