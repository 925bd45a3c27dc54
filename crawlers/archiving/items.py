"""What a spider asks for: a document, and what is known of it beforehand."""

from dataclasses import dataclass
from datetime import date

from kb.domain.drafts import SourceDraft, SourceKind


@dataclass(frozen=True)
class Document:
    """A document to fetch; a request carries it in `meta["document"]`.

    `address` is the lasting one, which may differ from the address that is asked. `vendor` and
    `about` name whose model it is about, when the address tells. `text_only` refuses pictures,
    archives and other bytes that nothing here could read.
    """

    address: str
    publisher: str
    kind: SourceKind
    title: str | None
    vendor: str | None = None
    about: str | None = None
    published_on: date | None = None
    text_only: bool = False

    def as_source(self, read_on: object) -> SourceDraft:
        """Return the draft of its source."""
        return SourceDraft.model_validate(
            {
                "url": self.address,
                "publisher": self.publisher,
                "kind": self.kind,
                "title": self.title,
                "published_on": self.published_on,
                "read_on": read_on,
            }
        )
