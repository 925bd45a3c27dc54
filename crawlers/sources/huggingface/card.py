"""Read a model card: front matter as a tree, the text below it by the reader of claims."""

import re

from crawlers.reading.decoding import decode
from crawlers.reading.text_reader import read_claims
from crawlers.sources.huggingface.scores import gather_eval_results, gather_model_index
from kb.domain.found import Extraction, ReadDocument
from kb.reading.gathering import Gathering, join
from kb.text.trees import Node, TreeError, parse_yaml

# Some cards begin with a byte order mark, or have blanks after the dashes.
_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)


def read_card(document: ReadDocument) -> Extraction:
    """Return what a card says: licence, results, and the claims in its text."""
    text = decode(document)
    front = _FRONT_MATTER.match(text)
    if front is None:
        return read_claims(document, text)
    below = read_claims(document, " " * front.end() + text[front.end() :])  # places stay
    return join(_read_front_matter(text, front), below)


def _read_front_matter(text: str, front: re.Match[str]) -> Extraction:
    found = Gathering(text)
    try:
        card = parse_yaml(front[1], front.start(1))
    except TreeError as error:
        return Extraction(failed=[("front matter", str(error))])
    _add_license(found, card)
    gather_model_index(found, card.get("model-index"))
    return found.as_extraction()


def _add_license(found: Gathering, card: Node) -> None:
    """`license`; or `license_name` where that is "other"."""
    node, name = card.get("license"), card.get("license_name")
    if node is None:
        return
    if node.entries:
        found.exclude(node, "several licences; which one covers the weights is unclear")
        return
    if node.text.strip().lower() == "other" and name is not None and name.text.strip():
        node = name
    claimed = node.text.strip()
    if not claimed or claimed.lower() in ("other", "unknown"):
        found.exclude(node, "a licence of its own, named elsewhere")
        return
    found.claim(node, "license", claimed, locator="front matter")


def read_eval_results(document: ReadDocument) -> Extraction:
    """Return the results of an `.eval_results` file.

    Raises TreeError when it is not YAML.
    """
    found = Gathering(document.text)
    gather_eval_results(found, parse_yaml(document.text))
    return found.as_extraction()
