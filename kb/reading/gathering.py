"""Gather what a document says, each claim and result at its place, with an account of the rest."""

from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from kb.domain.found import Extraction, FoundClaim, FoundRelease, FoundResult
from kb.text.trees import Node

_MAX_QUOTE = 500
_PREVIEW = 160


@dataclass
class Gathering:
    """What was found in `text` so far; a value that fits no draft is counted as failed."""

    text: str
    claims: list[FoundClaim] = field(default_factory=list)
    results: list[FoundResult] = field(default_factory=list)
    releases: list[FoundRelease] = field(default_factory=list)
    excluded: list[tuple[str, str]] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)

    def claim(self, node: Node, claim_type: str, claimed: str, **values: Any) -> None:
        """Keep a claim that stands at `node`."""
        place = self._place(node)
        self._keep(
            self.claims, FoundClaim, place, claim_type=claim_type, claimed_text=claimed, **values
        )

    def result(self, node: Node, metric: str, value: float | None, **values: Any) -> None:
        """Keep a result that stands at `node`."""
        place = self._place(node)
        self._keep(self.results, FoundResult, place, metric=metric, value=value, **values)

    def exclude(self, node: Node, reason: str) -> None:
        """Leave out what stands at `node`, and say why."""
        self.excluded.append((self._place(node)[0][:_PREVIEW], reason))

    def fail(self, node: Node, reason: str) -> None:
        """Note that what stands at `node` could not be read."""
        self.failed.append((self._place(node)[0][:_PREVIEW], reason))

    def as_extraction(self) -> Extraction:
        """Return all of it."""
        return Extraction(
            claims=self.claims,
            results=self.results,
            releases=self.releases,
            excluded=self.excluded,
            failed=self.failed,
        )

    def _place(self, node: Node) -> tuple[str, int, int]:
        start = node.whole_start
        end = min(node.end, start + _MAX_QUOTE)
        return self.text[start:end], start, end

    def _keep(
        self, kept: list[Any], kind: type, place: tuple[str, int, int], **values: Any
    ) -> None:
        quote, start, end = place
        try:
            if "\x00" in quote:
                raise ValueError("a NUL character stands in it")
            kept.append(kind(quote=quote, start=start, end=end, **values))
        except ValidationError as error:
            first = error.errors()[0]
            field_name = ".".join(str(part) for part in first["loc"])
            self.failed.append((quote[:_PREVIEW], f"{field_name}: {first['msg']}"[:300]))
        except ValueError as error:
            self.failed.append((quote[:_PREVIEW], str(error)[:300]))


def join(*extractions: Extraction) -> Extraction:
    """Return several extractions of one document as one."""
    return Extraction(
        claims=[claim for extraction in extractions for claim in extraction.claims],
        results=[result for extraction in extractions for result in extraction.results],
        releases=[release for extraction in extractions for release in extraction.releases],
        excluded=[excluded for extraction in extractions for excluded in extraction.excluded],
        failed=[failed for extraction in extractions for failed in extraction.failed],
    )
