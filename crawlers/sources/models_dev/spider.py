"""Spider for models.dev: one document."""

from crawlers.documents import DocumentsSpider
from crawlers.items import Document
from kb.domain.drafts import SourceKind


class ModelsDevSpider(DocumentsSpider):
    """Reads the catalogue."""

    name = "models_dev"


def make_catalogue_document(base_url: str) -> Document:
    """Return the catalogue as a document to ask for."""
    return Document(
        f"{base_url.rstrip('/')}/api.json", "Models.dev", SourceKind.PROVIDER_LISTING, "api.json"
    )
