"""Read `config.json`, `generation_config.json`, `tokenizer_config.json`, `chat_template.jinja`.

A config may hold those of several parts (text, vision, audio); the text model's own is under
one of the keys below. The names of the window, and which part is the text model, are those
that vLLM reads (vllm/transformers_utils/model_arch_config_convertor.py, 0.32).
"""

import hashlib

from kb.domain.found import Extraction, ReadDocument
from kb.domain.outcomes import Basis
from kb.reading.gathering import Gathering
from kb.text.trees import Kind, Node, parse_json
from kb.text.trees.node import read_integer

_WINDOWS = frozenset(
    {"max_position_embeddings", "n_positions", "max_seq_len", "seq_length", "model_max_length",
     "max_sequence_length", "max_seq_length", "seq_len", "n_ctx"}
)  # fmt: skip
_TEXT_PARTS = ("text_config", "llm_config", "language_config")
_EXPERTS = ("num_local_experts", "num_experts", "n_routed_experts", "moe_num_experts")
_FIGURES = (
    ("num_hidden_layers", "hidden_layers", "layers"),
    ("n_layer", "hidden_layers", "layers"),
    ("hidden_size", "hidden_size", "numbers"),
    ("num_experts_per_tok", "experts_per_token", "experts"),
)
_LARGEST = 10**12
_NO_LIMIT = 10**9  # tokenizers write 1e30 for "no limit is set"


def read_config(document: ReadDocument) -> Extraction:
    """Return the context window, vocabulary and shape that a `config.json` declares."""
    config = parse_json(document.text)
    found = Gathering(document.text)
    part = next((node for key in _TEXT_PARTS if (node := config.get(key))), config)
    where = "config.json" if part is config else "config.json, the text model"
    _add_window(found, config, part, where)
    vocabulary = part.get("vocab_size") or config.get("vocab_size")
    if vocabulary is not None and (size := _read_plausible(found, vocabulary)):
        found.claim(vocabulary, "vocab_size", f"{size} tokens", locator=where)
    for key in _EXPERTS:
        node = part.get(key)
        if node is not None and node.text != "null":
            _add_experts(found, node, where)
    for key, metric, unit in _FIGURES:
        node = part.get(key)
        if node is not None and node.text != "null" and (size := _read_plausible(found, node)):
            _add_figure(found, node, metric, size, unit, where)
    return found.as_extraction()


def _add_window(found: Gathering, config: Node, part: Node, where: str) -> None:
    """Keep the one context window of the text model; leave out those of other parts, or several."""
    windows = [node for key, node in config.walk() if key in _WINDOWS and node.text != "null"]
    windows.sort(key=lambda node: node.start)
    own = [node for node in windows if any(part.get(key) is node for key in _WINDOWS)]
    doubles = [node for key in _WINDOWS for node in part.repeated.get(key, ())]
    if not own and part is not config:
        own = [node for node in windows if any(config.get(key) is node for key in _WINDOWS)]
    clear = len({node.text for node in own}) == 1 and not doubles
    for node in windows:
        if node not in own and node not in doubles:
            found.exclude(node, "the context window of another part of the model")
        elif not clear:
            found.exclude(node, "several context windows; which one counts is unclear")
        elif node is not own[0]:
            found.exclude(node, "the same context window under another name")
        elif size := _read_plausible(found, node):
            found.claim(node, "context_length", f"{size} tokens", locator=where)
            _add_figure(found, node, "declared_context", size, "tokens", where)


def _read_plausible(found: Gathering, node: Node) -> int | None:
    size = read_integer(node)
    if size is None or not 1 <= size <= _LARGEST:
        found.exclude(node, "not a plausible number")
        return None
    return size


def _add_experts(found: Gathering, node: Node, where: str) -> None:
    """Keep a count of experts as a fact of the release, against which its card is judged."""
    count = read_integer(node)
    if node.kind is Kind.LIST:
        found.exclude(node, "a different number of experts in each layer")
    elif count in (0, 1):
        found.exclude(node, "not a mixture of experts")
    elif size := _read_plausible(found, node):
        _add_figure(found, node, "experts", size, "experts", where)


def _add_figure(
    found: Gathering, node: Node, metric: str, size: int, unit: str, where: str
) -> None:
    basis = Basis.READ_FROM_RELEASE
    found.result(node, metric, float(size), unit=unit, basis=basis, locator=where)


def read_generation_config(document: ReadDocument) -> Extraction:
    """Return nothing: its lengths are defaults for one answer, not limits of the model."""
    config = parse_json(document.text)
    found = Gathering(document.text)
    for key in ("max_new_tokens", "max_length"):
        if node := config.get(key):
            found.exclude(node, "a default for one answer, not a limit of the model")
    return found.as_extraction()


def read_tokenizer_config(document: ReadDocument) -> Extraction:
    """Return the tokenizer's own limit, and the digest of its chat template."""
    config = parse_json(document.text)
    found = Gathering(document.text)
    limit = config.get("model_max_length")
    if limit is not None and limit.text != "null":
        size = read_integer(limit)
        if size is not None and 1 <= size <= _NO_LIMIT:
            _add_figure(found, limit, "tokenizer_limit", size, "tokens", "tokenizer_config.json")
        else:
            found.exclude(limit, "no limit is set")
    template = config.get("chat_template")
    if template is not None and template.kind is Kind.TEXT:
        _add_template(found, template, template.text, "tokenizer_config.json")
    return found.as_extraction()


def read_chat_template(document: ReadDocument) -> Extraction:
    """Return the digest of a chat template that is a file of its own."""
    found = Gathering(document.text)
    if document.text.strip():
        whole = Node(Kind.TEXT, 0, len(document.text), document.text)
        _add_template(found, whole, document.text, "chat_template.jinja")
    return found.as_extraction()


def _add_template(found: Gathering, node: Node, template: str, where: str) -> None:
    found.result(
        node, "chat_template_sha256", None, basis=Basis.READ_FROM_RELEASE, locator=where,
        text=hashlib.sha256(template.encode("utf-8", "replace")).hexdigest(),
    )  # fmt: skip
