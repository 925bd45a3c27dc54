"""What providers' listings say: how a model is served and at what price, as reported results.

A provider speaks about its own service, not about the model. So its figures are not claims by the
model's vendor: they are results reported by others, with the provider as a condition. The names of
the metrics must not change:

    served_context            the most tokens of prompt and answer together
    served_output             the most tokens that one answer may have
    price_input_usd_per_mtok, price_output_usd_per_mtok

So "the vendor says 10M, the largest window that is served is 328,000" follows from the verdict
rule about context length, which reads `served_context`.
"""

from decimal import Decimal
from typing import Any

from kb.domain.outcomes import EvidenceKind
from kb.reading.gathering import Gathering
from kb.text.trees import Node
from kb.text.trees.node import read_integer, read_number

_DECLARED = EvidenceKind.DECLARED
_LARGEST = 10**12
_DEAREST_USD_PER_MTOK = 1_000_000


def add_tokens(found: Gathering, node: Node | None, metric: str, **values: Any) -> None:
    """Keep a length in tokens; null is not a figure, and 0 means that the limit is unknown."""
    if node is None or node.text == "null":
        return
    size = read_integer(node)
    if size is None or not 0 <= size <= _LARGEST:
        found.fail(node, "not a number of tokens")
    elif size == 0:
        found.exclude(node, "0 tokens: the length is unknown")
    else:
        found.result(node, metric, float(size), unit="tokens", evidence=_DECLARED, **values)


def add_price(found: Gathering, node: Node | None, metric: str, scale: int, **values: Any) -> None:
    """Keep a price; `scale` makes USD per million tokens of it."""
    if node is None or node.text == "null":
        return
    if read_number(node) is None:
        found.fail(node, "not a price")
        return
    price = Decimal(node.text.strip().replace("_", "")) * scale
    if price < 0:
        found.exclude(node, "the price is not fixed")
    elif price > _DEAREST_USD_PER_MTOK:
        found.fail(node, "not a plausible price")
    else:
        found.result(node, metric, float(price), unit="usd_per_mtok", evidence=_DECLARED, **values)
