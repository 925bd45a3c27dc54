"""Read OpenRouter's list of models, and the providers of one model.

What it says of a model (window, kinds of input) is a claim, said by OpenRouter. What a provider
serves, and the prices, are results: see `crawlers.reading.listing`. Without a provider, a price is
the lowest on offer, and a length is that of the provider asked first.
"""

from dataclasses import dataclass
from typing import Any

from crawlers.reading.listing import add_price, add_tokens
from kb.domain.drafts import Conditions
from kb.domain.found import Extraction, Extractor, ReadDocument
from kb.reading.gathering import Gathering
from kb.text.dates import read_http_date
from kb.text.trees import Node, TreeError, parse_json
from kb.text.trees.node import read_integer

_PER_TOKEN = 1_000_000  # prices are USD a token
_PRICES = (
    ("prompt", "price_input_usd_per_mtok"),
    ("completion", "price_output_usd_per_mtok"),
)

_ROUTERS = "openrouter/"  # they pass a prompt on to some model


@dataclass(frozen=True)
class ListedModel:
    """A model in the list; `slug` is its address there."""

    slug: str
    name: str
    vendor: str | None
    has_weights: bool


def list_models(listing: Node) -> list[tuple[Node, ListedModel]]:
    """Return the models in the list; raise TreeError for anything else."""
    data = listing.get("data")
    if data is None:
        raise TreeError("no `data`: not a list of models")
    return [(entry, model) for entry in data.entries if (model := name_model(entry))]


def name_model(model: Node) -> ListedModel | None:
    """Return a model's name: that of its weights on the Hub, else the one that is shown."""
    slug = model.words("id")
    if slug is None:
        return None
    weights = model.words("hugging_face_id") or ""
    if weights.count("/") == 1:
        owner, name = weights.split("/")
        if owner and name:
            return ListedModel(slug, name, owner, True)
    variant = slug.partition(":")[2]
    shown = (model.words("name") or slug).removesuffix(f" ({variant})")
    vendor, separator, name = shown.partition(": ")
    if separator and name.strip():
        return ListedModel(slug, name.strip(), vendor.strip(), False)
    return ListedModel(slug, shown, None, False)


def read(document: ReadDocument) -> Extraction:
    """Return what a list of models, or of one model's providers, says.

    Raises TreeError when it is neither.
    """
    listing = parse_json(document.text)
    found = Gathering(document.text)
    as_of = read_http_date(document.headers)
    if document.url.endswith("/endpoints"):
        endpoints = listing.get("data", "endpoints")
        if endpoints is None:
            raise TreeError("no `data.endpoints`: not a list of providers")
        for endpoint in endpoints.entries:
            _add_endpoint(found, endpoint, as_of)
        return found.as_extraction()
    for node, model in list_models(listing):
        if model.slug.startswith(_ROUTERS):
            found.exclude(node, "a router, not a model")
            continue
        _add_model(found, node, model, as_of)
    return found.as_extraction()


def _add_model(found: Gathering, node: Node, model: ListedModel, as_of: str | None) -> None:
    whom: dict[str, Any] = {"subject": model.name, "vendor": model.vendor}
    where = f"model {model.slug}"[:500]
    window = node.get("context_length")
    if size := read_integer(window):
        assert window is not None
        found.claim(window, "context_length", f"{size} tokens", locator=where, **whom)
    elif window is not None and window.text != "null":
        found.exclude(window, "the length is unknown")
    kinds = node.get("architecture", "input_modalities")
    if kinds is not None and kinds.strings():
        claimed = ", ".join(kinds.strings())
        found.claim(kinds, "modality", claimed, locator=where, **whom)
    variant = model.slug.partition(":")[2]
    conditions = Conditions(note=f"variant {variant}"[:500] if variant else None)
    values = {"as_of": as_of, "locator": where, "conditions": conditions, **whom}
    top = node.get("top_provider")
    if top is not None:
        add_tokens(found, top.get("context_length"), "served_context", **values)
        add_tokens(found, top.get("max_completion_tokens"), "served_output", **values)
    _add_prices(found, node.get("pricing"), values)


def _add_endpoint(found: Gathering, endpoint: Node, as_of: str | None) -> None:
    provider = endpoint.words("provider_name")
    if provider is None:
        found.fail(endpoint, "a provider without a name")
        return
    precision = endpoint.words("quantization")
    conditions = Conditions(
        provider=provider[:500],
        precision=None if precision in (None, "unknown") else precision,
        note=endpoint.words("tag"),
    )
    values = {"as_of": as_of, "locator": f"provider {provider}"[:500], "conditions": conditions}
    add_tokens(found, endpoint.get("context_length"), "served_context", **values)
    add_tokens(found, endpoint.get("max_completion_tokens"), "served_output", **values)
    _add_prices(found, endpoint.get("pricing"), values)


def _add_prices(found: Gathering, pricing: Node | None, values: dict[str, Any]) -> None:
    for key, metric in _PRICES:
        if pricing is not None:
            add_price(found, pricing.get(key), metric, _PER_TOKEN, **values)


EXTRACTOR = Extractor("openrouter", 2, read)
