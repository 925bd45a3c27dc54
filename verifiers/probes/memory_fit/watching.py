"""Start the engine at each window, fill it, and watch its memory."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from kb.domain.errors import UserError
from verifiers.engines.hardware import describe_hardware, has_nvidia_gpu, read_gpu_memory_bytes
from verifiers.engines.memory_watch import MemoryWatch
from verifiers.engines.protocol import EngineError
from verifiers.engines.refusals import Obstacle, WindowRefusedError
from verifiers.engines.start_log import parse_start
from verifiers.engines.vllm_server import VllmOptions, VllmServer, make_options, serve
from verifiers.probes.memory_fit.results import (
    OUT_OF_MEMORY,
    REFUSED,
    WindowMeasured,
    WindowPredicted,
    find_dtype,
    make_results,
    predict,
)
from verifiers.probing.claim_under_test import EnvironmentFacts
from verifiers.probing.context import ProbeContext
from verifiers.probing.probe import Findings
from verifiers.serving.preflight import PROSE
from verifiers.serving.tokenizing import load_tokenizer
from verifiers.serving.weights import ReadyWeights


def measure_windows(context: ProbeContext) -> Findings:
    """Return the results of all windows, and the environment.

    Raises EngineError when the engine fails in a way that is no refusal, UserError where a given
    server would have to be watched.
    """
    settings = context.settings
    if settings.engine_url:
        raise UserError(
            "KB_ENGINE_URL names a server whose processes cannot be watched; unset it, so that "
            "one is started here"
        )
    ready = context.prepare_weights()
    config = json.loads((ready.folder / "config.json").read_text())
    options = make_options(settings.engine_python, 1)
    windows = list(context.parameters["windows"])
    context.listener.start("memory needed, by window", len(windows))
    measured = [
        _measure(context, ready, replace(options, window_tokens=window)) for window in windows
    ]
    predicted = {window: _predict(config, options, window) for window in windows}
    dtype = find_dtype(config, options.dtype)
    results = make_results(measured, predicted, dtype, describe_hardware())
    return Findings(_describe(ready, options), results)


def _measure(context: ProbeContext, ready: ReadyWeights, options: VllmOptions) -> WindowMeasured:
    measured = _start_and_fill(context, ready, options)
    context.listener.advance(1)
    return measured


def _start_and_fill(
    context: ProbeContext, ready: ReadyWeights, options: VllmOptions
) -> WindowMeasured:
    window = options.window_tokens
    try:
        with _serve(context, ready.folder, options) as (server, watch):
            prompt = _make_prompt(ready, window)
            server.complete(prompt, 1)
            watch.sample()
            peak, said = watch.finish(), parse_start(server.process.read_log())
    except WindowRefusedError as error:
        refusal = error.refusal
        text = OUT_OF_MEMORY if refusal.obstacle is Obstacle.MEMORY else REFUSED
        return WindowMeasured(window, text, refusal.words)
    return WindowMeasured(
        window, None, None, peak.bytes, peak.high_bytes, peak.samples, said.weights_bytes,
        said.cache_tokens or server.facts.cache_tokens, len(prompt),
    )  # fmt: skip


@contextmanager
def _serve(
    context: ProbeContext, folder: Path, options: VllmOptions
) -> Iterator[tuple[VllmServer, MemoryWatch]]:
    def on_wait(seconds: float) -> None:
        say(f"starting vLLM for {options.window_tokens:,} tokens ({seconds:.0f} s)")

    say = context.listener.say
    home = context.settings.home.resolve()
    with (
        MemoryWatch() as watch,
        serve(folder, options, home, on_wait, on_start=watch.begin) as server,
    ):
        yield server, watch


def _describe(ready: ReadyWeights, options: VllmOptions) -> EnvironmentFacts:
    return {
        "engine": "vLLM",
        "hardware": describe_hardware(),
        "dtype": options.dtype,
        "weights_sha256": ready.sha256,
        "settings": {"cache_gib": options.cache_gib, "conversion": ready.conversion},
    }


def _predict(config: dict[str, Any], options: VllmOptions, window: int) -> WindowPredicted | None:
    gpu_bytes = read_gpu_memory_bytes() if has_nvidia_gpu() else None
    return predict(config, options.dtype, window, options.cache_gib, gpu_bytes)


def _make_prompt(ready: ReadyWeights, window: int) -> tuple[int, ...]:
    """Plain prose, over and over, that leaves room for one token of answer."""
    tokenizer = load_tokenizer(ready.folder, ready.facts.add_bos_token)
    ids = tokenizer.encode_plain(PROSE)
    if not ids:
        raise EngineError("the tokenizer makes no tokens of plain prose")
    return tuple(islice(cycle(ids), window - 1))
