"""What a probe is handed when it runs, made of a job, an engine session and the base."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlmodel import Session

from kb.domain.results import EngineQuestion, Result, ScoredAnswer
from kb.models.weight_headers import TensorInfo, WeightFacts
from kb.settings import Settings
from kb.stages.measure import read_results
from kb.store.weight_files import load_weight_files
from verifiers.probing.claim_under_test import EnvironmentFacts
from verifiers.running.interviewing import AnswerStore, StoredInterview, ask_once
from verifiers.running.jobs import Job, make_claim_under_test
from verifiers.serving.listening import Listener
from verifiers.serving.session import Bench, EngineSession, describe_header
from verifiers.serving.weights import ReadyWeights, read_local_facts


class PlanContext:
    """One plan about to be carried out; `ProbeContext` says what each member is for."""

    def __init__(
        self,
        session: Session,
        job: Job,
        engine: EngineSession,
        listener: Listener,
        is_over: Callable[[], bool] = lambda: False,
    ) -> None:
        self._session, self._job, self._engine, self._is_over = session, job, engine, is_over
        self._stores: list[AnswerStore] = []
        self.listener = listener
        self.settings: Settings = engine.settings
        self.claim = make_claim_under_test(job.claim)
        self.parameters: Mapping[str, Any] = job.plan.parameters
        self.random_seed = job.plan.seed
        self.title = job.title

    @property
    def asked(self) -> int:
        """How many questions were asked and stored."""
        return sum(store.stored for store in self._stores)

    def is_over(self) -> bool:
        """Whether the time given to the run is over."""
        return self._is_over()

    def read_header(self) -> WeightFacts:
        """Return what the release's own header says."""
        return read_local_facts(self._job.local)

    def read_tensors(self) -> tuple[Sequence[TensorInfo], Mapping[str, Any] | None]:
        """Return all tensors of the release by their headers, and its config."""
        files = load_weight_files(Path(self._job.local.path))
        return files.tensors or (), files.config

    def read_earlier_results(self, probe: str) -> list[Result]:
        """Return what another probe found of the same release."""
        return read_results(self._session, self._job.release.id, probe)

    def describe_header(self) -> EnvironmentFacts:
        """Return the environment of figures that were read from a header."""
        return describe_header(self._job.local)

    def prepare_weights(self) -> ReadyWeights:
        """Return a folder that an engine can serve."""
        return self._engine.prepare()

    def open_bench(self, window_tokens: int) -> Bench:
        """Return the release on an engine, checked, with at least this window."""
        return self._engine.open_bench(window_tokens)

    def close_engine(self) -> None:
        """End the engine, if one runs."""
        self._engine.discard()

    def ask_once(self, bench: Bench, question: EngineQuestion) -> ScoredAnswer:
        """Ask one question, unless its answer is on record."""
        return ask_once(self._open_store(bench), bench, question)

    def open_interview(
        self, window_tokens: int, make_question: Callable[[str, Bench], EngineQuestion]
    ) -> StoredInterview:
        """Return an interview with the release."""

        def reopen() -> Bench:
            self.listener.say("the engine was lost; starting another")
            return self._engine.reopen(window_tokens)

        bench = self.open_bench(window_tokens)
        store = self._open_store(bench)
        return StoredInterview(store, bench, make_question, reopen, self._is_over)

    def _open_store(self, bench: Bench) -> AnswerStore:
        store = AnswerStore(self._session, self._job.probe, self._job.plan, bench)
        self._stores.append(store)
        return store
