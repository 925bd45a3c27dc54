"""One release on one engine: started when first needed, checked, described for the record."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Any

from kb.settings import Settings
from kb.store.home.local_weights import LocalWeights
from verifiers.engines.openai_server import OpenAiServer, ask_running_server
from verifiers.engines.protocol import EngineError, EngineLostError
from verifiers.engines.vllm_server import make_options, serve
from verifiers.serving.preflight import (
    PROSE,
    ProseLoss,
    check_answers,
    check_counts,
    check_loss,
    check_tokenizer,
)
from verifiers.serving.tokenizing import PromptTokenizer, load_tokenizer
from verifiers.serving.weights import ReadyWeights, prepare_weights


@dataclass(frozen=True)
class Bench:
    """An engine that serves a release, and passed the pre-flight check."""

    engine: OpenAiServer
    tokenizer: PromptTokenizer
    weights: ReadyWeights
    loss: ProseLoss

    def describe(self) -> dict[str, Any]:
        """Return engine, machine and weights, for the record."""
        facts = self.engine.facts
        return {
            "engine": facts.engine,
            "engine_version": facts.version,
            "hardware": facts.hardware,
            "dtype": facts.dtype,
            "served_window_tokens": facts.window_tokens,
            "weights_sha256": self.weights.sha256,
            "template_sha256": self.tokenizer.template_sha256,
            "settings": {**facts.settings, "conversion": self.weights.conversion},
        }


class EngineSession:
    """Opens a bench at most once; closes the engine at the end, whatever happened."""

    def __init__(self, settings: Settings, local: LocalWeights, say: Callable[[str], None]) -> None:
        self.settings = settings
        self.local = local
        self.say = say
        self._stack = ExitStack()
        self._bench: Bench | None = None

    def __enter__(self) -> "EngineSession":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    def discard(self) -> None:
        """Give the engine up, so that the next job starts a clean one."""
        self._stack.close()
        self._bench = None

    def reopen(self, window_tokens: int) -> Bench:
        """Return a bench in place of one whose engine was lost."""
        self.discard()
        return self.open_bench(window_tokens)

    def open_bench(self, window_tokens: int) -> Bench:
        """Return the bench, served with at least `window_tokens`.

        Raises WindowRefusedError when the engine does not come up with that window, EngineError
        when it does not come up at all, UnfitReleaseError when what is served is not the model
        that was released.
        """
        if self._bench is not None and self._bench.engine.facts.window_tokens >= window_tokens:
            return self._bench
        self.discard()
        ready = self.prepare()
        tokenizer = load_tokenizer(ready.folder, ready.facts.add_bos_token)
        check_tokenizer(ready.facts, tokenizer)
        self._bench = self._check(ready, tokenizer, window_tokens)
        return self._bench

    def prepare(self) -> ReadyWeights:
        """Return a folder that an engine can serve, converted first if need be."""
        weights = self.settings.home.resolve() / "weights"
        say = self.say
        return prepare_weights(
            self.local, weights, lambda: say("converting the weights for the engine")
        )

    def _check(self, ready: ReadyWeights, tokenizer: PromptTokenizer, window_tokens: int) -> Bench:
        """Start an engine and check it; once more if the engine is lost meanwhile."""
        try:
            return self._check_once(ready, tokenizer, window_tokens)
        except EngineLostError:
            self.discard()
            return self._check_once(ready, tokenizer, window_tokens)

    def _check_once(
        self, ready: ReadyWeights, tokenizer: PromptTokenizer, window_tokens: int
    ) -> Bench:
        engine = self._start(ready, window_tokens)
        self.say("pre-flight check")
        check_counts(engine, tokenizer)
        loss = check_loss(engine, tokenizer.encode_plain(PROSE), tokenizer.add_bos)
        check_answers(engine, tokenizer)
        return Bench(engine, tokenizer, ready, loss)

    def _start(self, ready: ReadyWeights, window_tokens: int) -> OpenAiServer:
        if self.settings.engine_url:
            given = ask_running_server(self.settings.engine_url, self.settings.engine_patience_s)
            served = given.facts.window_tokens
            if served < window_tokens:
                raise EngineError(
                    f"the server at KB_ENGINE_URL serves {served:,} tokens, {window_tokens:,} are "
                    "needed; its window is its own setting and says nothing of the weights"
                )
            return given
        options = replace(
            make_options(self.settings.engine_python, window_tokens),
            patience_s=self.settings.engine_patience_s,
        )
        return self._stack.enter_context(
            serve(
                ready.folder,
                options,
                self.settings.home.resolve(),
                lambda seconds: self.say(f"starting vLLM ({seconds:.0f} s, usually about 50)"),
            )
        )


def describe_header(local: LocalWeights) -> dict[str, Any]:
    """Return the environment of a figure that was read from a header: no engine."""
    return {"engine": "none", "hardware": "not needed", "weights_sha256": local.sha256}
