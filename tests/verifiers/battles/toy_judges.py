"""Judges for tests: a fair one, biased ones, and a server on loopback that speaks for them."""

import re
from contextlib import contextmanager

from tests import loopback
from verifiers.battles.checks import compute_share
from verifiers.battles.prompts import make_prompts


def read_answers(text):
    """What stands between the marks of a question to a judge: request, first, second."""
    mark = re.search(r"<<[0-9a-f]{12}>>", text)[0]
    parts = text.split(f"\n{mark} ")[-4:]
    return [part.partition("\n")[2].strip() for part in parts[:3]]


CHECKS = {
    prompt.text: prompt.checks
    for prompt in (*make_prompts(60113, 40), *make_prompts(20250405, 200))
}


def fair(text):
    request, first, second = read_answers(text)
    left, right = (compute_share(answer.split(" This is")[0].strip(), CHECKS[request])
                   for answer in (first, second))  # fmt: skip
    return "tie" if left == right else ("a" if left > right else "b")


def longer(text):
    _, first, second = read_answers(text)
    return "tie" if len(first) == len(second) else ("a" if len(first) > len(second) else "b")


WORSE = {"a": "b", "b": "a", "tie": "tie"}
JUDGES = {
    "first": (lambda text: "VERDICT: A", "first answer preferred, swapped pairs: 100%"),
    "second": (lambda text: "VERDICT: B", "first answer preferred, identical pairs: 0%"),
    "longer": (lambda text: f"VERDICT: {longer(text)}", "longer answer preferred, padded pairs: 1"),
    "garbage": (lambda text: "blub blub", "verdicts that cannot be read: 100%"),
    "tie": (lambda text: "VERDICT: TIE", "right answer preferred to a wrong one: 0%"),
    "worse": (lambda text: f"VERDICT: {WORSE[fair(text)]}",
              "right answer preferred to a wrong one: "),
}  # fmt: skip


@contextmanager
def serve_judge(say, statuses=()):
    """A server with the chat API on loopback; `statuses` are answered first."""
    left, seen = list(statuses), []

    class Handler(loopback.Handler):
        def do_POST(self):
            body = self.read_json()
            seen.append((self.path, self.headers.get("Authorization"), body))
            if left:
                return self.reply(b"", left.pop(0))
            said = say(body["messages"][0]["content"])
            answer = {"choices": [{"message": {"role": "assistant", "content": said}}]}
            return self.reply(said if isinstance(said, bytes) else answer)

    with loopback.run_server(Handler) as url:
        yield url, seen
