"""Read what the Hub serves of a model: every kind of file with the module made for it."""

import re

from crawlers.reading.text_reader import read_claims
from crawlers.sources.huggingface.card import read_card, read_eval_results
from crawlers.sources.huggingface.config import (
    read_chat_template,
    read_config,
    read_generation_config,
    read_tokenizer_config,
)
from crawlers.sources.huggingface.info import read_info
from crawlers.sources.huggingface.weights import read_weights
from kb.domain.drafts import SourceKind
from kb.domain.found import Extraction, Extractor, ReadDocument
from kb.reading import VERSION

# The first that fits reads it; the two longer names that end in config.json stand before it.
_READERS = (
    (r"/api/models/[^?#]+$", read_info),
    (r"/api/models/[^?#]+#safetensors-headers$", read_weights),
    (r"/generation_config\.json$", read_generation_config),
    (r"/tokenizer_config\.json$", read_tokenizer_config),
    (r"/chat_template\.jinja$", read_chat_template),
    (r"/config\.json$", read_config),
    (r"/README\.md$", read_card),
    (r"/\.eval_results/[^/]+\.ya?ml$", read_eval_results),
)


def read(document: ReadDocument) -> Extraction:
    """Return what a document of the Hub says.

    Raises TreeError when one that should be JSON is not.
    """
    for pattern, reader in _READERS:
        if re.search(pattern, document.url):
            return reader(document)
    if document.kind is SourceKind.LICENSE:
        return read_claims(document)
    return Extraction()


EXTRACTOR = Extractor("huggingface", 6, read, VERSION)
