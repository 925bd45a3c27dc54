"""Read the catalogue of models.dev: providers, and under each the models that it serves.

Lengths and prices are the provider's, so they are results (see `crawlers.reading.listing`).
Knowledge cutoff, modalities, open weights and day of release are claims that models.dev makes about
the model; they are repeated under every provider, and count once.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from crawlers.reading.listing import add_price, add_tokens
from kb.domain.drafts import Conditions
from kb.domain.found import Extraction, Extractor, ReadDocument
from kb.reading.gathering import Gathering
from kb.text.dates import read_http_date
from kb.text.trees import Kind, Node, TreeError, parse_json

_LIMITS = (("context", "served_context"), ("output", "served_output"))
_COSTS = (("input", "price_input_usd_per_mtok"), ("output", "price_output_usd_per_mtok"))
# models.dev writes 2025-06 or 2025-06-30; a bare year says too little.
_MONTH = re.compile(r"(?:19|20)\d{2}-(?:0[1-9]|1[0-2])(?:-\d{2})?")


def read(document: ReadDocument) -> Extraction:
    """Return what the catalogue says; raise TreeError for anything else."""
    catalogue = parse_json(document.text)
    if catalogue.kind is not Kind.OBJECT:
        raise TreeError("not a catalogue: no object of providers")
    reader = _Reader(Gathering(document.text), read_http_date(document.headers))
    for key, provider in catalogue.members.items():
        models = provider.get("models")
        for model_id, model in (models.members if models else {}).items():
            reader.read_model(provider.words("name") or key, model_id, model)
    return reader.found.as_extraction()


@dataclass
class _Reader:
    found: Gathering
    as_of: str | None
    said: set[tuple[str | None, ...]] = field(default_factory=set)

    def read_model(self, provider: str, model_id: str, model: Node) -> None:
        name = model.words("name")
        if name is None:
            self.found.fail(model, "a model without a name")
            return
        owner = model_id.split("/")[0] if model_id.count("/") == 1 else None
        whom: dict[str, Any] = {
            "subject": name[:500],
            "vendor": owner or None,
            "locator": f"{provider}, {model_id}"[:500],
        }
        served = {**whom, "as_of": self.as_of, "conditions": Conditions(provider=provider[:500])}
        for key, metric in _LIMITS:
            add_tokens(self.found, model.get("limit", key), metric, **served)
        for key, metric in _COSTS:
            add_price(self.found, model.get("cost", key), metric, 1, **served)
        self._read_facts(model, whom)

    def _read_facts(self, model: Node, whom: dict[str, Any]) -> None:
        knowledge, released = model.get("knowledge"), model.get("release_date")
        if knowledge is not None and _MONTH.fullmatch(knowledge.text):
            self._say(knowledge, "knowledge_cutoff", knowledge.text[:7], whom)
        elif knowledge is not None:
            self.found.fail(knowledge, "not a month")
        if released is not None and _MONTH.fullmatch(released.text):
            self._say(released, "availability", f"released {released.text}", whom, released.text)
        weights = model.truth("open_weights")
        node = model.get("open_weights")
        if node is not None and weights is not None:
            self._say(node, "availability", "open weights" if weights else "closed weights", whom)
        kinds = model.get("modalities", "input")
        if kinds is not None and kinds.strings():
            self._say(kinds, "modality", ", ".join(kinds.strings()), whom)

    def _say(
        self, node: Node, kind: str, claimed: str, whom: dict[str, Any], day: str | None = None
    ) -> None:
        key = (whom["subject"], whom["vendor"], kind, claimed)
        if key in self.said:
            self.found.exclude(node, "already said above")
            return
        self.said.add(key)
        conditions = Conditions(dated=_parse_day(day))
        self.found.claim(node, kind, claimed, conditions=conditions, **whom)


def _parse_day(day: str | None) -> date | None:
    try:
        return date.fromisoformat(day) if day else None
    except ValueError:
        return None


EXTRACTOR = Extractor("models_dev", 2, read)
