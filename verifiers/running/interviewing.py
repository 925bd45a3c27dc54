"""Put a plan's questions to a served model, and store each scored answer as it comes."""

from collections.abc import Callable, Iterable, Sequence
from types import TracebackType

from sqlmodel import Session

from kb.domain.results import EngineQuestion, RawAnswer, ScoredAnswer
from kb.stages.measure import insert_environment, insert_trial, read_answers
from kb.tables import Plan
from verifiers.engines.protocol import Engine
from verifiers.probing.probe import Probe
from verifiers.serving.asking import Asked, Asker
from verifiers.serving.session import Bench


class AnswerStore:
    """Scores answers to a plan's questions and stores them; knows those on record."""

    def __init__(self, session: Session, probe: Probe, plan: Plan, bench: Bench) -> None:
        self.session, self.probe, self.plan = session, probe, plan
        self.environment_id = insert_environment(session, **bench.describe()).id
        self.answers = read_answers(session, plan.id)
        self.stored = 0

    def take(self, asked: Asked) -> ScoredAnswer:
        """Score and store one answer at once, so that a crash loses none."""
        answer = self._score(asked)
        insert_trial(
            self.session,
            self.plan.id,
            self.environment_id,
            asked.question,
            answer,
            asked.asked_at,
            asked.duration_ms,
        )
        self.answers[asked.question.item] = answer
        self.stored += 1
        return answer

    def _score(self, asked: Asked) -> ScoredAnswer:
        question, completion = asked.question, asked.completion
        raw = RawAnswer(
            question.item,
            question.task,
            completion.text,
            len(question.prompt),
            question.expected,
            question.context_tokens,
            completion.finish_reason,
        )
        return ScoredAnswer(raw, self.probe.scorer or "none", self.probe.score(raw))


class StoredInterview:
    """Many questions to one release; an engine that is lost meanwhile is replaced."""

    def __init__(
        self,
        store: AnswerStore,
        bench: Bench,
        make_question: Callable[[str, Bench], EngineQuestion],
        reopen: Callable[[], Bench],
        is_over: Callable[[], bool],
    ) -> None:
        self.store, self.bench, self.reopen = store, bench, reopen
        self.make_question = make_question
        self._asker = Asker(bench.engine, self._make_question, self._revive, is_over)

    def __enter__(self) -> "StoredInterview":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._asker.__exit__(kind, error, trace)

    @property
    def answers(self) -> dict[str, ScoredAnswer]:
        """Those on record and those that came, by item."""
        return self.store.answers

    def ask(self, items: Sequence[str], ahead: Iterable[str] = ()) -> None:
        """Ask those of the items that have no answer yet."""
        missing = [item for item in items if item not in self.answers]
        later = (item for item in ahead if item not in self.answers)
        for asked in self._asker.ask(missing, later):
            self.store.take(asked)

    def _make_question(self, item: str) -> EngineQuestion:
        return self.make_question(item, self.bench)

    def _revive(self) -> Engine:
        self.bench = self.reopen()
        return self.bench.engine


def ask_once(store: AnswerStore, bench: Bench, question: EngineQuestion) -> ScoredAnswer:
    """Ask one question, unless its answer is on record."""
    known = store.answers.get(question.item)
    if known is not None:
        return known
    with Asker(bench.engine, lambda _: question, lambda: bench.engine) as asker:
        (asked,) = asker.ask([question.item])
    return store.take(asked)
