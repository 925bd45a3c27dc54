"""Client of a server with the OpenAI chat API, asked as a judge: one prompt, one answer, greedy."""

import time
from dataclasses import dataclass

import httpx

from verifiers.engines.protocol import EngineError, EngineLostError

_TRIES = 3
_PAUSES_S = (0.5, 2.0)
_AGAIN = frozenset({429, 500, 502, 503, 504})


@dataclass(frozen=True)
class ChatServer:
    """A model behind `url`/v1/chat/completions; `key` goes out as a bearer token."""

    url: str
    model: str
    key: str | None = None
    patience_s: float = 120.0
    most_tokens: int = 300

    def ask(self, prompt: str) -> str:
        """Return what the model says, at temperature 0.

        Raises EngineError for an answer without text, EngineLostError when none comes.
        """
        response = self._send(prompt)
        if response.status_code != 200:
            raise EngineError(f"the judge says {response.status_code}: {response.text[:300]}")
        try:
            text = response.json()["choices"][0]["message"]["content"]
        except (ValueError, LookupError, TypeError):
            text = None
        if not isinstance(text, str):
            raise EngineError("the judge's answer has no text")
        return text

    def _send(self, prompt: str) -> httpx.Response:
        body = {
            "model": self.model,
            "messages": [{"role": "user", "content": prompt}],
            "temperature": 0,
            "max_tokens": self.most_tokens,
        }
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        address = f"{self.url.rstrip('/').removesuffix('/v1')}/v1/chat/completions"
        words = ""
        for number in range(_TRIES):
            try:
                response = httpx.post(address, json=body, headers=headers, timeout=self.patience_s)
            except httpx.TransportError as error:
                words = str(error) or type(error).__name__
            else:
                if response.status_code not in _AGAIN:
                    return response
                words = f"it says {response.status_code}"
            if number < len(_PAUSES_S):
                time.sleep(_PAUSES_S[number])
        raise EngineLostError(f"no answer from the judge at {self.url}: {words}")
