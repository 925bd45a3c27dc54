"""The course of a memory run: windows one after the other, refusals kept in the engine's words."""

import json
from contextlib import contextmanager
from types import SimpleNamespace

import pytest

from kb.domain.errors import UserError
from kb.models.weight_headers import WeightFacts
from kb.store.home.local_weights import LocalWeights
from tests.verifiers.test_memory_fit import CPU_LOG, SMOL
from verifiers.engines.protocol import EngineFacts
from verifiers.engines.refusals import WindowRefusedError, parse_refusal
from verifiers.probes import run_memory
from verifiers.serving.listening import Listener
from verifiers.serving.weights import ReadyWeights

LOCAL = LocalWeights("rel_1", "/nowhere/model.gguf", "ab" * 32)
REFUSED = (
    "ValueError: User-specified max_model_len (65536) is greater than the derived max_model_len "
    "(max_position_embeddings=8192.0 or model_max_length=None in model's config.json)."
)


class Server:
    """Stands for a server that serves at most 8,192 tokens."""

    def __init__(self, asked, window):
        self.asked, self.window = asked, window
        self.facts = EngineFacts("vLLM", "0.32", "here", "float32", window)
        self.process = SimpleNamespace(read_log=lambda: CPU_LOG)

    def complete(self, prompt, max_tokens):
        self.asked.append((self.window, len(prompt), max_tokens))


@pytest.fixture
def asked(monkeypatch, tmp_path):
    (tmp_path / "config.json").write_text(json.dumps(SMOL))
    ready = ReadyWeights(tmp_path, WeightFacts("gguf", 1, 1, 1, "F32"), "ab" * 32, None)
    asked = []

    @contextmanager
    def serve(folder, options, home, on_wait, on_start):
        on_start(2**22 + 1)  # no such process
        if options.window_tokens > 8192:
            raise WindowRefusedError(parse_refusal(options.window_tokens, REFUSED))
        yield Server(asked, options.window_tokens)

    tokenizer = SimpleNamespace(encode_plain=lambda text: (1, 2, 3))
    monkeypatch.setattr(run_memory, "serve", serve)
    monkeypatch.setattr(run_memory, "prepare_weights", lambda *_: ready)
    monkeypatch.setattr(run_memory, "load_tokenizer", lambda *_: tokenizer)
    return asked


def test_each_window_is_filled_and_a_refusal_is_kept(session, settings, asked):
    run = run_memory.MemoryRun(settings, LOCAL, Listener())
    environment, results = run.run(session, {"windows": [512, 65_536]})
    assert asked == [(512, 511, 1)]
    outcomes = {each.conditions.context_tokens: each for each in results if each.text}
    assert outcomes[512].text == "fits"
    assert outcomes[65_536].text == "refused"
    assert "User-specified max_model_len (65536)" in outcomes[65_536].conditions.note
    capacity = [each.value for each in results if each.metric == "cache_capacity"]
    assert capacity == [93_184]
    assert environment.engine == "vLLM"


def test_a_given_server_cannot_be_watched(settings):
    given = settings.model_copy(update={"engine_url": "http://127.0.0.1:1"})
    with pytest.raises(UserError, match="cannot be watched"):
        run_memory.MemoryRun(given, LOCAL, Listener())
