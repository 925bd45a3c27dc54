"""A vLLM server of our own: started, watched, and stopped with everything it started."""

import contextlib
import os
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

from verifiers.engines.hardware import describe_hardware, has_nvidia_gpu
from verifiers.engines.openai_server import OpenAiServer, read_cache_tokens, read_version
from verifiers.engines.protocol import Completion, EngineError, EngineFacts, EngineLostError
from verifiers.engines.refusals import WindowRefusedError, parse_refusal
from verifiers.engines.server_process import ServerProcess, end_leftover, forget, remember

_START_S = 600.0
_DEATH_S = 10.0
_CACHE_PART, _MOST_CACHE_GIB = 0.17, 32


@dataclass(frozen=True)
class VllmOptions:
    """How to serve: which Python has vLLM, the window, number format, memory for the cache.

    The cache's memory is bounded without a GPU only; with one, vLLM takes what is free there.
    `extra` are more arguments for vLLM.
    """

    python: str
    window_tokens: int
    dtype: str = "float32"
    cache_gib: int = 2
    patience_s: float = 300.0
    extra: tuple[str, ...] = ()


def make_options(python: str | None, window_tokens: int) -> VllmOptions:
    """Return options that suit this machine: float32 without a GPU, where bfloat16 is slow."""
    # Named, since the engine would silently serve what `auto` stands for, and records must say it.
    dtype = "bfloat16" if has_nvidia_gpu() else "float32"
    memory_gib = psutil.virtual_memory().total / 2**30
    cache_gib = max(1, min(_MOST_CACHE_GIB, int(memory_gib * _CACHE_PART)))
    return VllmOptions(python or find_engine_python(), window_tokens, dtype, cache_gib)


def find_engine_python() -> str:
    """Return the Python of the engine's own environment beside ours, or this one."""
    beside = Path(f"{sys.prefix}-engine") / "bin" / "python"
    return str(beside) if beside.exists() else sys.executable


class VllmServer(OpenAiServer):
    """A client whose server is a child of ours; its death is reported with its last words."""

    def __init__(
        self, url: str, facts: EngineFacts, process: ServerProcess, patience_s: float
    ) -> None:
        super().__init__(url, "model", facts, patience_s)
        self.process = process

    def complete(
        self, prompt: tuple[int, ...], max_tokens: int, stop: tuple[str, ...] = ()
    ) -> Completion:
        """As the client's; raise EngineLostError with the log's end if the server is lost."""
        try:
            return super().complete(prompt, max_tokens, stop)
        except EngineLostError as error:
            self.process.check_alive(patience_s=_DEATH_S)
            words = f"{error}\nvLLM's last words:\n{self.process.read_last_words()}"
            raise EngineLostError(words) from None


@contextmanager
def serve(
    model: Path,
    options: VllmOptions,
    home: Path,
    on_wait: Callable[[float], None] = lambda s: None,
    on_start: Callable[[int], None] = lambda pid: None,
) -> Iterator[VllmServer]:
    """Serve the weights in the folder `model` on a free port of loopback; stop at the end.

    `on_start` gets the id of the process above all the server's, `on_wait` the seconds waited.

    Raises WindowRefusedError with the server's own words when it does not come up.
    """
    end_leftover(home)
    port = _find_free_port()
    process = ServerProcess(
        _make_command(model, options, port), home / "runs" / "vllm.log", make_environment(options)
    )
    remember(home, process.popen.pid)
    try:
        on_start(process.popen.pid)
        url = f"http://127.0.0.1:{port}"
        _wait_until_ready(process, url, on_wait, options.window_tokens)
        yield VllmServer(url, _make_facts(url, options), process, options.patience_s)
    finally:
        process.stop()
        forget(home)


def _make_command(model: Path, options: VllmOptions, port: int) -> list[str]:
    return [
        options.python, "-m", "vllm.entrypoints.openai.api_server",
        "--model", str(model), "--served-model-name", "model",
        "--host", "127.0.0.1", "--port", str(port),
        "--dtype", options.dtype, "--max-model-len", str(options.window_tokens),
        "--enforce-eager", "--seed", "0", *options.extra,
    ]  # fmt: skip


def make_environment(options: VllmOptions) -> dict[str, str]:
    """Return the environment of an engine: bounded cache, nothing sent anywhere.

    Left to itself, vLLM without a GPU keeps a core free for its own talk; with two cores in all
    that halves its speed.
    """
    return {
        "VLLM_CPU_NUM_OF_RESERVED_CPU": "0",
        **os.environ,
        "VLLM_CPU_KVCACHE_SPACE": str(options.cache_gib),
        "VLLM_NO_USAGE_STATS": "1",
        "DO_NOT_TRACK": "1",
        "HF_HUB_OFFLINE": "1",
        "TRANSFORMERS_OFFLINE": "1",
    }


def _make_facts(url: str, options: VllmOptions) -> EngineFacts:
    settings: dict[str, object] = {"enforce_eager": True, "cache_gib": options.cache_gib}
    return EngineFacts(
        "vLLM",
        read_version(url),
        describe_hardware(),
        options.dtype,
        options.window_tokens,
        settings,
        read_cache_tokens(url),
    )


def _wait_until_ready(
    process: ServerProcess, url: str, on_wait: Callable[[float], None], window_tokens: int
) -> None:
    began = time.monotonic()
    while time.monotonic() - began < _START_S:
        if process.popen.poll() is not None:
            refusal = parse_refusal(window_tokens, process.read_log())
            raise WindowRefusedError(refusal, process.read_last_words())
        on_wait(time.monotonic() - began)
        with contextlib.suppress(httpx.HTTPError):
            if httpx.get(f"{url}/health", timeout=5).status_code == 200:
                return
        time.sleep(0.5)
    raise EngineError(f"vLLM was not ready after {_START_S:.0f} s:\n{process.read_last_words()}")


def _find_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
