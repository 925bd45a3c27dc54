"""Spider for models.dev: one document."""

from crawlers.archiving.items import Document
from crawlers.spiders.documents import DocumentsSpider
from kb.domain.drafts import SourceKind


class ModelsDevSpider(DocumentsSpider):
    """Reads the catalogue."""

    name = "models_dev"


def make_catalogue_document(base_url: str) -> Document:
    """Return the catalogue as a document to ask for."""
    return Document(
        f"{base_url.rstrip('/')}/api.json", "Models.dev", SourceKind.PROVIDER_LISTING, "api.json"
    )
