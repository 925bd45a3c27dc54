"""Spider for leaderboard tables: the boards that are declared, or tables that are named."""

from crawlers.archiving.items import Document
from crawlers.sources.declaration import load_declaration
from crawlers.spiders.documents import DocumentsSpider
from kb.domain.drafts import SourceKind

_PUBLISHER = "LMArena"


class LMArenaSpider(DocumentsSpider):
    """Reads leaderboard tables."""

    name = "lmarena"


def make_board_documents(hub_url: str) -> list[Document]:
    """Return the declared boards, as the Hub serves them."""
    base = hub_url.rstrip("/")
    return [make_table_document(base + path) for path in load_declaration("lmarena").addresses]


def make_table_document(address: str) -> Document:
    """Return a leaderboard table as a document to ask for."""
    title = "/".join(address.split("?")[0].rsplit("/", 3)[-3:])
    return Document(address, _PUBLISHER, SourceKind.LEADERBOARD, title[:500])
