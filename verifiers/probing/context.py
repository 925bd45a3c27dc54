"""What a probe is handed when it runs: its plan, the weights, an engine, and stored answers."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from kb.domain.results import EngineQuestion, Result, ScoredAnswer
from kb.models.weight_headers import TensorInfo, WeightFacts
from kb.settings import Settings
from verifiers.probing.claim_under_test import ClaimUnderTest, EnvironmentFacts
from verifiers.serving.listening import Listener
from verifiers.serving.session import Bench
from verifiers.serving.weights import ReadyWeights


class Interview(AbstractContextManager["Interview"], Protocol):
    """Puts many questions to a served model, and stores each answer with its score as it comes."""

    @property
    def bench(self) -> Bench:
        """The release on an engine; another one after an engine was lost."""

    @property
    def answers(self) -> Mapping[str, ScoredAnswer]:
        """The answers on record and those that came, by item."""

    def ask(self, items: Sequence[str], ahead: Iterable[str] = ()) -> None:
        """Ask those of the items that have no answer yet, and return when all have one.

        `ahead` are items that are likely to be wanted next, the likeliest first: an engine with
        nothing else to do begins them. Raises OutOfTimeError when time is over.
        """


class ProbeContext(Protocol):
    """One plan about to be carried out."""

    claim: ClaimUnderTest
    parameters: Mapping[str, Any]
    random_seed: int
    title: str
    settings: Settings
    listener: Listener

    def is_over(self) -> bool:
        """Whether the time given to the run is over."""

    def read_header(self) -> WeightFacts:
        """Return what the release's own header says."""

    def read_tensors(self) -> tuple[Sequence[TensorInfo], Mapping[str, Any] | None]:
        """Return all tensors of the release by their headers, and its config."""

    def read_earlier_results(self, probe: str) -> list[Result]:
        """Return what another probe found of the same release, for whatever claim."""

    def describe_header(self) -> EnvironmentFacts:
        """Return the environment of figures that were read from a header."""

    def prepare_weights(self) -> ReadyWeights:
        """Return a folder that an engine can serve."""

    def open_bench(self, window_tokens: int) -> Bench:
        """Return the release on an engine, checked, with at least this window.

        Raises WindowRefusedError when the engine does not come up with that window.
        """

    def close_engine(self) -> None:
        """End the engine, if one runs."""

    def ask_once(self, bench: Bench, question: EngineQuestion) -> ScoredAnswer:
        """Ask one question, unless its answer is on record; whatever the time.

        Raises EngineDiedError when the engine dies of it.
        """

    def open_interview(
        self, window_tokens: int, make_question: Callable[[str, Bench], EngineQuestion]
    ) -> Interview:
        """Return an interview; `make_question` makes a question from the name of its item.

        An engine that is lost meanwhile is replaced.
        """
