"""What spiders hand on: documents to fetch, and what was read out of one."""

from dataclasses import dataclass

from kb.domain.drafts import SourceDraft, SourceKind
from kb.domain.found import Extraction, FoundRelease
from kb.stages.snapshot import Stored


@dataclass(frozen=True)
class Document:
    """A document to fetch: its lasting address, and what is known of it beforehand."""

    address: str
    publisher: str
    kind: SourceKind
    title: str

    def as_source(self, read_on: object) -> SourceDraft:
        """Return the draft of its source."""
        return SourceDraft.model_validate(
            {
                "url": self.address,
                "publisher": self.publisher,
                "kind": self.kind,
                "title": self.title,
                "read_on": read_on,
            }
        )


@dataclass(frozen=True)
class Page:
    """A document that was fetched, stored and read.

    `vendor` and `about` name the model that its claims are about; `release` and the path and
    digest of its weights are set when the document is the release's own header or listing.
    """

    stored: Stored
    extractor: str
    vendor: str
    about: str
    extraction: Extraction
    release: FoundRelease | None = None
    weights_path: str | None = None
    weights_sha256: str | None = None
