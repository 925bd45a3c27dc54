"""Put prompts to one release, and store each answer as it comes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlmodel import Session

from kb.domain.results import EngineQuestion, compute_prompt_sha256
from kb.stages.battle import insert_reply, make_reply
from kb.stages.measure import insert_environment
from kb.tables import Reply
from verifiers.battles.entrants import Entrant
from verifiers.battles.prompts import Prompt
from verifiers.engines.protocol import Engine
from verifiers.serving.asking import Asked, Asker
from verifiers.serving.listening import Listener
from verifiers.serving.session import Bench

_PREFIX = "Answer:"  # for weights without a chat template, which only continue a text


@dataclass(frozen=True)
class Limits:
    """How long an answer may be, the window that is served, and when time is over."""

    most_tokens: int
    window_tokens: int
    is_over: Callable[[], bool] = lambda: False


class Opener(Protocol):
    """Opens engines for one release; `EngineSession` is one."""

    def open_bench(self, window_tokens: int) -> Bench:
        """Return an engine that serves the release."""

    def reopen(self, window_tokens: int) -> Bench:
        """Return one in place of an engine that was lost."""


class Answering:
    """Puts prompts to one release and stores each answer as it comes."""

    def __init__(
        self, session: Session, entrant: Entrant, opener: Opener, limits: Limits, listener: Listener
    ) -> None:
        self.session, self.entrant, self.opener = session, entrant, opener
        self.limits, self.listener = limits, listener
        self.bench = opener.open_bench(limits.window_tokens)
        self.environment = insert_environment(session, **self.bench.describe())

    def answer(self, prompts: Sequence[Prompt]) -> Iterator[Reply]:
        """Yield answers as they come, stored; raises what `Asker.ask` does."""
        by_item = {prompt.item: prompt for prompt in prompts}
        self.listener.start(f"{self.entrant.name}: answers", len(prompts))
        engine, is_over = self.bench.engine, self.limits.is_over
        with Asker(
            engine, lambda item: self._make_question(by_item[item]), self._revive, is_over
        ) as asker:
            for asked in asker.ask(list(by_item)):
                reply = self._make_reply(by_item[asked.question.item], asked)
                insert_reply(self.session, reply)
                self.listener.advance(1)
                yield reply

    def _make_question(self, prompt: Prompt) -> EngineQuestion:
        tokenizer, most = self.bench.tokenizer, self.limits.most_tokens
        ids = tokenizer.encode_prompt(prompt.text, "" if tokenizer.has_template else _PREFIX)
        return EngineQuestion(prompt.item, prompt.kind, ids, most, prompt.checks)

    def _make_reply(self, prompt: Prompt, asked: Asked) -> Reply:
        question, completion = asked.question, asked.completion
        return make_reply(
            self.entrant.release.id, self.environment.id, prompt.item, prompt.kind, prompt.text,
            list(prompt.checks), question.max_tokens, compute_prompt_sha256(question.prompt),
            completion.prompt_tokens, completion.text, completion.finish_reason, asked.asked_at,
            asked.duration_ms,
        )  # fmt: skip

    def _revive(self) -> Engine:
        self.listener.say("the engine was lost; starting another")
        self.bench = self.opener.reopen(self.limits.window_tokens)
        return self.bench.engine
