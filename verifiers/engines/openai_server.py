"""Client of a server with the OpenAI completions API, as vLLM serves it (token ids as prompt)."""

from typing import Any

import httpx

from verifiers.engines.protocol import Completion, EngineError, EngineFacts

_TIMEOUT_S = 1800.0


class OpenAiServer:
    """Speaks to a server that runs already."""

    def __init__(self, url: str, model: str, facts: EngineFacts) -> None:
        self.url = url.rstrip("/")
        self.model = model
        self._facts = facts
        self._client = httpx.Client(timeout=httpx.Timeout(_TIMEOUT_S, connect=10.0))

    @property
    def facts(self) -> EngineFacts:
        """What serves, on what, how."""
        return self._facts

    def complete(
        self, prompt: tuple[int, ...], max_tokens: int, stop: tuple[str, ...] = ()
    ) -> Completion:
        """Return the greedy completion, ended before the first of the `stop` strings.

        Raises EngineError when prompt and answer do not fit the served window, when the server
        counted another prompt length than we built, or when its answer has no text.
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

    def score(self, prompt: tuple[int, ...]) -> float:
        """Return the summed log probability of all tokens but the first (vLLM's extension)."""
        self._check_fits(len(prompt) + 1)
        answer = self._post(prompt, max_tokens=1, prompt_logprobs=0)
        entries = _get(answer, "choices", 0, "prompt_logprobs")
        if not isinstance(entries, list) or len(entries) != len(prompt):
            raise EngineError("the server gives no log probabilities of the prompt")
        pairs = zip(prompt[1:], entries[1:], strict=True)
        return float(sum(entry[str(token)]["logprob"] for token, entry in pairs))

    def _check_fits(self, tokens: int) -> None:
        if tokens > self._facts.window_tokens:
            raise EngineError(
                f"prompt and answer take {tokens:,} tokens, the served window has "
                f"{self._facts.window_tokens:,}"
            )

    def _post(self, prompt: tuple[int, ...], **options: Any) -> Any:
        body = {"model": self.model, "prompt": list(prompt), "temperature": 0, **options}
        try:
            response = self._client.post(f"{self.url}/v1/completions", json=body)
        except httpx.HTTPError as error:
            raise EngineError(
                f"no answer from {self.url}: {error or type(error).__name__}"
            ) from None
        if response.status_code != 200:
            raise EngineError(f"the server says {response.status_code}: {response.text[:300]}")
        try:
            return response.json()
        except ValueError:
            raise EngineError(f"the server's answer is not JSON: {response.text[:100]!r}") from None


def _get(value: Any, *path: str | int) -> Any:
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def ask_running_server(url: str) -> OpenAiServer:
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
    version = read_version(base)
    return OpenAiServer(
        base, model, EngineFacts("given server", version, "not known", None, window)
    )


def read_version(base: str) -> str | None:
    """Return what the server says of its version, or None."""
    try:
        version = httpx.get(f"{base}/version", timeout=10).json().get("version")
    except (httpx.HTTPError, ValueError, AttributeError):
        return None
    return str(version) if version else None
