"""Ask many questions at once, so that the server is the limit; go on when an engine is lost.

Questions are made one by one, while the server is busy with others, and only as many are under
way as it can hold: a text of a million tokens is not held 64 times. An engine that dies or falls
silent is replaced, and what it did not answer is asked again; if one after the other dies without
a single answer, we give up.
"""

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime

from kb.domain.results import Question
from kb.tables.base import now_utc
from verifiers.engines.protocol import Completion, Engine, EngineLostError

_MOST_QUESTIONS = 256
_UNKNOWN_CACHE_TOKENS = 65_536
_SPARE = 1.25  # a little more than the server can hold, so that it never waits for us
_MOST_DEATHS = 3
_WAITS_S = (0.5, 2.0, 8.0)


class OutOfTimeError(Exception):
    """The time given to the run is over; what was answered is kept."""


@dataclass(frozen=True)
class Asked:
    """A question with its raw answer."""

    question: Question
    completion: Completion
    asked_at: datetime
    duration_ms: int


class Asker:
    """Puts questions to an engine.

    `revive` returns one to go on with after the last was lost; `is_over` tells when to stop.
    """

    def __init__(
        self,
        engine: Engine,
        revive: Callable[[], Engine],
        is_over: Callable[[], bool] = lambda: False,
        waits_s: Sequence[float] = _WAITS_S,
    ) -> None:
        self.engine = engine
        self.revive = revive
        self.is_over = is_over
        self.waits_s = waits_s
        self.most_under_way = 0
        self._deaths = 0

    def ask(self, make_questions: Sequence[Callable[[], Question]]) -> Iterator[Asked]:
        """Yield answers as they come, each once; the caller stores one before it takes the next.

        Raises EngineError for an answer that cannot be trusted, EngineLostError when engines die
        one after the other, and OutOfTimeError after the answers that are under way.
        """
        left = deque(make_questions)
        pool = ThreadPoolExecutor(_MOST_QUESTIONS)
        try:
            while left:
                lost: list[Question] = []
                yield from self._ask_until_lost(pool, left, lost)
                left.extendleft(_make_maker(question) for question in reversed(lost))
                if lost:
                    self._recover()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _ask_until_lost(
        self, pool: ThreadPoolExecutor, left: deque[Callable[[], Question]], lost: list[Question]
    ) -> Iterator[Asked]:
        under_way: dict[Future[Asked], Question] = {}
        limit = int((self.engine.facts.cache_tokens or _UNKNOWN_CACHE_TOKENS) * _SPARE)
        refusal: BaseException | None = None
        while under_way or (left and not lost and refusal is None):
            while left and not lost and refusal is None and _has_room(under_way, limit):
                if self.is_over():
                    refusal = OutOfTimeError()
                    break
                question = left.popleft()()
                under_way[pool.submit(self._ask_one, question)] = question
                self.most_under_way = max(self.most_under_way, len(under_way))
            for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                question = under_way.pop(future)
                error = future.exception()
                if error is None:
                    self._deaths = 0
                    yield future.result()
                elif isinstance(error, EngineLostError):
                    self._last_words = error
                    lost.append(question)
                else:
                    refusal = refusal or error
        if refusal is not None:
            raise refusal

    def _ask_one(self, question: Question) -> Asked:
        asked_at, began = now_utc(), time.monotonic()
        completion = self.engine.complete(question.prompt, question.max_tokens)
        return Asked(question, completion, asked_at, round((time.monotonic() - began) * 1000))

    def _recover(self) -> None:
        """Go on with another engine; raise EngineLostError after too many without an answer."""
        self._deaths += 1
        if self._deaths > _MOST_DEATHS:
            raise self._last_words
        time.sleep(self.waits_s[min(self._deaths, len(self.waits_s)) - 1])
        self.engine = self.revive()


def _has_room(under_way: dict[Future[Asked], Question], limit_tokens: int) -> bool:
    tokens = sum(question.context_tokens for question in under_way.values())
    return not under_way or (len(under_way) < _MOST_QUESTIONS and tokens < limit_tokens)


def _make_maker(question: Question) -> Callable[[], Question]:
    return lambda: question
