"""A document that a spider asks for, and what is known of it beforehand."""

from dataclasses import dataclass
from datetime import date

from kb.domain.drafts import SourceDraft, SourceKind


@dataclass(frozen=True)
class WantedDocument:
    """A document to fetch; a request carries it in `meta["document"]`.

    `address` is the permanent one, which may differ from the address that is asked. `vendor` and
    `about` name whose model it is about, where the address shows that. `text_only` refuses
    pictures, archives and other bytes that nothing here could read.
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
        """Return the draft of its row in `source`; on a vendor's page the vendor speaks."""
        return SourceDraft.model_validate(
            {
                "url": self.address,
                "publisher": self.publisher,
                "author": self.vendor if self.kind is SourceKind.VENDOR_PAGE else None,
                "kind": self.kind,
                "title": self.title,
                "published_on": self.published_on,
                "read_on": read_on,
            }
        )
