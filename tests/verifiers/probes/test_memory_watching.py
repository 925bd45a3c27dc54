"""The course of a memory run: windows one after the other, refusals kept in the engine's words."""

import json
from contextlib import contextmanager
from types import SimpleNamespace

import pytest

from kb.domain.errors import UserError
from kb.models.weight_headers import WeightFacts
from tests.verifiers.scripted_context import ScriptedContext
from tests.verifiers.vllm_samples import CPU_LOG, SMOL
from verifiers.engines.protocol import EngineFacts
from verifiers.engines.refusals import WindowRefusedError, parse_refusal
from verifiers.probes.memory_fit import watching
from verifiers.serving.weights import ReadyWeights

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
    monkeypatch.setattr(watching, "serve", serve)
    monkeypatch.setattr(watching, "load_tokenizer", lambda *_: tokenizer)
    monkeypatch.setattr(ScriptedContext, "prepare_weights", lambda self: ready, raising=False)
    return asked


def test_each_window_is_filled_and_a_refusal_is_kept(settings, asked):
    context = ScriptedContext({"windows": [512, 65_536]}, settings=settings)
    findings = watching.measure_windows(context)
    assert asked == [(512, 511, 1)]
    outcomes = {made.conditions.context_tokens: made for made in findings.results if made.text}
    assert outcomes[512].text == "fits"
    assert outcomes[65_536].text == "refused"
    assert "User-specified max_model_len (65536)" in outcomes[65_536].conditions.note
    capacity = [made.value for made in findings.results if made.metric == "cache_capacity"]
    assert capacity == [93_184]
    assert findings.environment["engine"] == "vLLM"


def test_a_given_server_cannot_be_watched(settings):
    given = settings.model_copy(update={"engine_url": "http://127.0.0.1:1"})
    with pytest.raises(UserError, match="cannot be watched"):
        watching.measure_windows(ScriptedContext({"windows": [512]}, settings=given))
