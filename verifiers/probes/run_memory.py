"""Carry out the probe `memory_fit`: start the engine at each window and watch its memory."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from sqlmodel import Session

from kb.domain.errors import UserError
from kb.domain.results import Result
from kb.settings import Settings
from kb.stages.measure import insert_environment
from kb.store.home.local_weights import LocalWeights
from kb.tables import Environment
from verifiers.engines.hardware import describe_hardware, has_nvidia_gpu, read_gpu_memory_bytes
from verifiers.engines.memory_watch import MemoryWatch
from verifiers.engines.protocol import EngineError
from verifiers.engines.refusals import Obstacle, WindowRefusedError
from verifiers.engines.start_log import parse_start
from verifiers.engines.vllm_server import VllmOptions, VllmServer, make_options, serve
from verifiers.probes import memory_fit
from verifiers.probes.memory_fit import Measured, Predicted
from verifiers.serving.fitness import PROSE
from verifiers.serving.listening import Listener
from verifiers.serving.tokenizing import load_tokenizer
from verifiers.serving.weights import ReadyWeights, prepare_weights


class MemoryRun:
    """One release, measured at several windows; each is a fresh start of the engine."""

    def __init__(self, settings: Settings, local: LocalWeights, listener: Listener) -> None:
        if settings.engine_url:
            raise UserError(
                "KB_ENGINE_URL names a server whose processes cannot be watched; unset it, so "
                "that one is started here"
            )
        self.settings = settings
        self.local = local
        self.listener = listener

    def run(self, session: Session, parameters: dict[str, Any]) -> tuple[Environment, list[Result]]:
        """Return the environment and the results of all windows.

        Raises EngineError when the engine fails in a way that is no refusal.
        """
        home = self.settings.home.resolve()
        say = self.listener.say
        ready = prepare_weights(
            self.local, home / "weights", lambda: say("converting the weights for the engine")
        )
        config = json.loads((ready.folder / "config.json").read_text())
        options = make_options(self.settings.engine_python, 1)
        windows = list(parameters["windows"])
        self.listener.start("memory it takes, by window", len(windows))
        measured = [
            self._measure(ready, replace(options, window_tokens=window)) for window in windows
        ]
        predicted = {window: _predict(config, options, window) for window in windows}
        dtype = memory_fit.find_dtype(config, options.dtype)
        results = memory_fit.make_results(measured, predicted, dtype, describe_hardware())
        return self._record(session, ready, options), results

    def _measure(self, ready: ReadyWeights, options: VllmOptions) -> Measured:
        measured = self._start_and_fill(ready, options)
        self.listener.advance(1)
        return measured

    def _start_and_fill(self, ready: ReadyWeights, options: VllmOptions) -> Measured:
        window = options.window_tokens
        try:
            with self._serve(ready.folder, options) as (server, watch):
                prompt = _make_prompt(ready, window)
                server.complete(prompt, 1)
                watch.sample()
                peak, said = watch.finish(), parse_start(server.process.read_log())
        except WindowRefusedError as error:
            refusal = error.refusal
            lacks = refusal.obstacle is Obstacle.MEMORY
            text = memory_fit.OUT_OF_MEMORY if lacks else memory_fit.REFUSED
            return Measured(window, text, refusal.words)
        return Measured(
            window, None, None, peak.bytes, peak.high_bytes, peak.samples, said.weights_bytes,
            said.cache_tokens or server.facts.cache_tokens, len(prompt),
        )  # fmt: skip

    @contextmanager
    def _serve(
        self, folder: Path, options: VllmOptions
    ) -> Iterator[tuple[VllmServer, MemoryWatch]]:
        def on_wait(seconds: float) -> None:
            say(f"starting vLLM for {options.window_tokens:,} tokens ({seconds:.0f} s)")

        say = self.listener.say
        home = self.settings.home.resolve()
        with (
            MemoryWatch() as watch,
            serve(folder, options, home, on_wait, on_start=watch.begin) as server,
        ):
            yield server, watch

    def _record(self, session: Session, ready: ReadyWeights, options: VllmOptions) -> Environment:
        return insert_environment(
            session,
            engine="vLLM",
            hardware=describe_hardware(),
            dtype=options.dtype,
            weights_sha256=ready.sha256,
            settings={"cache_gib": options.cache_gib, "conversion": ready.conversion},
        )


def _predict(config: dict[str, Any], options: VllmOptions, window: int) -> Predicted | None:
    gpu_bytes = read_gpu_memory_bytes() if has_nvidia_gpu() else None
    return memory_fit.predict(config, options.dtype, window, options.cache_gib, gpu_bytes)


def _make_prompt(ready: ReadyWeights, window: int) -> tuple[int, ...]:
    """Plain prose, over and over, that leaves room for one token of answer."""
    tokenizer = load_tokenizer(ready.folder, ready.facts.add_bos_token)
    ids = tokenizer.encode_plain(PROSE)
    if not ids:
        raise EngineError("the tokenizer makes no tokens of plain prose")
    return tuple(islice(cycle(ids), window - 1))
