"""Ask many questions at once, so that the server is the limit; continue when an engine is lost.

Questions are made one by one, while the server is busy with others, and only as many are under
way as it can hold: a text of a million tokens is not held 64 times. While the last of those that
are wanted are answered, likely next ones are begun; their answers are kept until they are wanted.
An engine that dies or falls silent is replaced, and what it did not answer is asked again; if
several in a row die without a single answer, we give up.
"""

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from kb.domain.results import EngineQuestion
from kb.tables.base import now_utc
from verifiers.engines.protocol import Completion, Engine, EngineLostError

_MOST_QUESTIONS = 256
_UNKNOWN_CACHE_TOKENS = 65_536
_SPARE = 1.25  # a little more than the server can hold, so that it never waits for us
_AHEAD_S = 20.0  # likely next questions are begun when it has less than this to do
_MOST_DEATHS = 3
_WAITS_S = (0.5, 2.0, 8.0)


class OutOfTimeError(Exception):
    """The time given to the run is over; what was answered is kept."""


@dataclass(frozen=True)
class Asked:
    """A question with its raw answer."""

    question: EngineQuestion
    completion: Completion
    asked_at: datetime
    duration_ms: int


class Asker(AbstractContextManager["Asker"]):
    """Puts questions to an engine; `make_question` makes one from the name of its item.

    `revive` returns an engine to continue with after one was lost; `is_over` tells when to stop.
    """

    def __init__(
        self,
        engine: Engine,
        make_question: Callable[[str], EngineQuestion],
        revive: Callable[[], Engine],
        is_over: Callable[[], bool] = lambda: False,
        waits_s: Sequence[float] = _WAITS_S,
    ) -> None:
        self.engine = engine
        self.make_question = make_question
        self.revive = revive
        self.is_over = is_over
        self.waits_s = waits_s
        self._pool = ThreadPoolExecutor(_MOST_QUESTIONS)
        self._under_way: dict[Future[Asked], EngineQuestion] = {}
        self._kept: dict[str, Asked] = {}
        self._speed = _Speed()
        self._deaths = 0
        self._refusal: BaseException | None = None
        self._loss: EngineLostError | None = None

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)

    def ask(self, items: Sequence[str], ahead: Iterable[str] = ()) -> Iterator[Asked]:
        """Yield answers as they come, each once; the caller stores one before it takes the next.

        `ahead` are items that a later call is likely to want, the likeliest first.
        Raises EngineError for an answer that cannot be trusted, EngineLostError when engines die
        one after the other, and OutOfTimeError after the answers that are under way.
        """
        wanted = dict.fromkeys(items)
        later = iter(ahead)
        while wanted:
            left = deque(item for item in wanted if not self._has_begun(item))
            while wanted and not (self._loss and not self._under_way):
                self._begin(left, later)
                for item in [item for item in wanted if item in self._kept]:
                    del wanted[item]
                    yield self._kept.pop(item)
                if self._refusal and not self._is_under_way(wanted):
                    raise self._refusal
                if wanted:
                    self._wait()
            if self._loss:
                self._recover(self._loss)

    def _begin(self, left: deque[str], later: Iterator[str]) -> None:
        while self._refusal is None and self._loss is None and self._has_room():
            item = left.popleft() if left else self._choose_ahead(later)
            if item is None:
                return
            if self.is_over():
                self._refusal = OutOfTimeError()
                return
            question = self.make_question(item)
            self._speed.start()
            self._under_way[self._pool.submit(self._ask_one, question)] = question

    def _choose_ahead(self, later: Iterator[str]) -> str | None:
        if self._count_tokens() >= self._speed.tokens_per_s * _AHEAD_S:
            return None
        return next((item for item in later if not self._has_begun(item)), None)

    def _wait(self) -> None:
        for future in wait(self._under_way, return_when=FIRST_COMPLETED).done:
            question = self._under_way.pop(future)
            error = future.exception()
            if error is None:
                self._deaths = 0
                self._speed.tokens += question.total_tokens
                self._kept[question.item] = future.result()
            elif isinstance(error, EngineLostError):
                self._loss = error
            else:
                self._refusal = self._refusal or error

    def _ask_one(self, question: EngineQuestion) -> Asked:
        asked_at, began = now_utc(), time.monotonic()
        completion = self.engine.complete(question.prompt, question.max_tokens)
        return Asked(question, completion, asked_at, round((time.monotonic() - began) * 1000))

    def _recover(self, loss: EngineLostError) -> None:
        """Continue with another engine; raise EngineLostError after too many without an answer."""
        self._deaths += 1
        if self._deaths > _MOST_DEATHS:
            raise loss
        time.sleep(self.waits_s[min(self._deaths, len(self.waits_s)) - 1])
        self.engine = self.revive()
        self._loss = None

    def _has_begun(self, item: str) -> bool:
        return item in self._kept or self._is_under_way((item,))

    def _is_under_way(self, items: Iterable[str]) -> bool:
        return not {question.item for question in self._under_way.values()}.isdisjoint(items)

    def _count_tokens(self) -> int:
        return sum(question.total_tokens for question in self._under_way.values())

    def _has_room(self) -> bool:
        limit = (self.engine.facts.cache_tokens or _UNKNOWN_CACHE_TOKENS) * _SPARE
        is_small = len(self._under_way) < _MOST_QUESTIONS and self._count_tokens() < limit
        return is_small or not self._under_way


class _Speed:
    """How many tokens per second were answered since the first question."""

    def __init__(self) -> None:
        self.tokens = 0
        self._began: float | None = None

    def start(self) -> None:
        """Begin to count time, if that has not begun."""
        self._began = self._began or time.monotonic()

    @property
    def tokens_per_s(self) -> float:
        """Zero before the first answer."""
        return self.tokens / (time.monotonic() - self._began) if self._began else 0.0
