"""Client of a server with the OpenAI completions API, as vLLM serves it (token ids as prompt)."""

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import httpx

from verifiers.engines.protocol import Completion, EngineError, EngineFacts, EngineLostError

_LOST = frozenset({500, 502, 503, 504})
_MOST_CONNECTIONS = 512
_TRIES, _PAUSE_S = 3, 0.5
_TOKENS_OF_PATIENCE = 6000  # under way double the wait: 20 tokens a second at 300 s


class OpenAiServer:
    """Speaks to a server that runs already.

    An answer is waited for `patience_s` seconds, and longer the more tokens are under way.
    """

    def __init__(self, url: str, model: str, facts: EngineFacts, patience_s: float = 300.0) -> None:
        self.url = url.rstrip("/")
        self.model = model
        self.patience_s = patience_s
        self._facts = facts
        self._under_way = 0
        self._lock = threading.Lock()
        limits = httpx.Limits(max_connections=_MOST_CONNECTIONS)
        self._client = httpx.Client(limits=limits, timeout=10.0)

    @property
    def facts(self) -> EngineFacts:
        """What serves, on what, how."""
        return self._facts

    def complete(
        self, prompt: tuple[int, ...], max_tokens: int, stop: tuple[str, ...] = ()
    ) -> Completion:
        """Return the greedy completion, ended before the first of the `stop` strings.

        Raises EngineError when prompt and answer do not fit the served window, when the server
        counted another prompt length than we built, or when its answer has no text;
        EngineLostError when no answer comes.
        """
        self._check_fits(len(prompt) + max_tokens)
        answer = self._post(prompt, max_tokens=max_tokens, stop=list(stop))
        text = _get(answer, "choices", 0, "text")
        counted = _get(answer, "usage", "prompt_tokens")
        if not isinstance(text, str):
            raise EngineError("the server's answer has no text")
        if counted != len(prompt):
            raise EngineError(
                f"the server counted {counted} prompt tokens, {len(prompt)} were sent; "
                "it cuts or changes prompts, so nothing it says is measured"
            )
        return Completion(text, len(prompt), _get(answer, "choices", 0, "finish_reason"))

    def score(self, prompt: tuple[int, ...], first: int = 1) -> float:
        """Return the summed log probability of the tokens from `first` on (vLLM's extension)."""
        self._check_fits(len(prompt) + 1)
        answer = self._post(prompt, max_tokens=1, prompt_logprobs=0)
        entries = _get(answer, "choices", 0, "prompt_logprobs")
        if not isinstance(entries, list) or len(entries) != len(prompt):
            raise EngineError("the server gives no log probabilities of the prompt")
        pairs = zip(prompt[first:], entries[first:], strict=True)
        return float(sum(entry[str(token)]["logprob"] for token, entry in pairs))

    def count_tokens(self, text: str) -> int:
        """Return how many tokens the server makes of a text, by its own account."""
        counted = _get(self._post(text, max_tokens=1), "usage", "prompt_tokens")
        if not isinstance(counted, int):
            raise EngineError("the server does not say how many tokens a prompt has")
        return counted

    def _check_fits(self, tokens: int) -> None:
        if tokens > self._facts.window_tokens:
            raise EngineError(
                f"prompt and answer take {tokens:,} tokens, the served window has "
                f"{self._facts.window_tokens:,}"
            )

    def _post(self, prompt: tuple[int, ...] | str, **options: Any) -> Any:
        given = prompt if isinstance(prompt, str) else list(prompt)
        body = {"model": self.model, "prompt": given, "temperature": 0, **options}
        response = self._send(body, len(prompt))
        if response.status_code != 200:
            kind = EngineLostError if response.status_code in _LOST else EngineError
            raise kind(f"the server says {response.status_code}: {response.text[:300]}")
        try:
            return response.json()
        except ValueError:
            raise EngineError(f"the server's answer is not JSON: {response.text[:100]!r}") from None

    def _send(self, body: dict[str, Any], tokens: int) -> httpx.Response:
        """Send it; again where a connection broke, since the same question has the same answer."""
        for left in reversed(range(_TRIES)):
            with self._count_under_way(tokens) as wait_s:
                timeout = httpx.Timeout(wait_s, connect=10.0)
                try:
                    return self._client.post(
                        f"{self.url}/v1/completions", json=body, timeout=timeout
                    )
                except httpx.TimeoutException:
                    words = f"no answer from {self.url} within {wait_s:.0f} s"
                    raise EngineLostError(words) from None
                except httpx.TransportError as error:
                    words = f"no answer from {self.url}: {error or type(error).__name__}"
            if left:
                time.sleep(_PAUSE_S)
        raise EngineLostError(words)

    @contextmanager
    def _count_under_way(self, tokens: int) -> Iterator[float]:
        """Give the seconds to wait for an answer, seeing what else is under way."""
        with self._lock:
            self._under_way += tokens
            wait_s = self.patience_s * (1 + self._under_way / _TOKENS_OF_PATIENCE)
        try:
            yield wait_s
        finally:
            with self._lock:
                self._under_way -= tokens


def _get(value: Any, *path: str | int) -> Any:
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def ask_running_server(url: str, patience_s: float = 300.0) -> OpenAiServer:
    """Return a client of the server at `url`, asked for its model, window and version.

    Raises EngineError when it does not answer as an OpenAI-compatible server.
    """
    base = url.rstrip("/").removesuffix("/v1")
    try:
        models = httpx.get(f"{base}/v1/models", timeout=10).json()
    except (httpx.HTTPError, ValueError) as error:
        raise EngineError(f"no OpenAI-compatible server at {url}: {error}") from None
    model, window = _get(models, "data", 0, "id"), _get(models, "data", 0, "max_model_len")
    if not isinstance(model, str) or not isinstance(window, int):
        raise EngineError(f"the server at {url} does not say which model and window it serves")
    facts = EngineFacts("given server", read_version(base), "not known", None, window)
    facts = replace(facts, cache_tokens=read_cache_tokens(base))
    return OpenAiServer(base, model, facts, patience_s)


def read_cache_tokens(base: str) -> int | None:
    """Return how many tokens fit the server's cache, as vLLM's metrics tell it, or None."""
    try:
        metrics = httpx.get(f"{base}/metrics", timeout=10).text
    except httpx.HTTPError:
        return None
    line = re.search(r"^vllm:cache_config_info\{(.*)\}", metrics, re.MULTILINE)
    labels = dict(re.findall(r'(\w+)="(\d+)"', line[1])) if line else {}
    if not {"num_gpu_blocks", "block_size"} <= set(labels):
        return None
    return int(labels["num_gpu_blocks"]) * int(labels["block_size"])


def read_version(base: str) -> str | None:
    """Return what the server says of its version, or None."""
    try:
        version = httpx.get(f"{base}/version", timeout=10).json().get("version")
    except (httpx.HTTPError, ValueError, AttributeError):
        return None
    return str(version) if version else None
