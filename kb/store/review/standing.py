"""Which rows readers are shown: what machines read counts only once it is reviewed.

Made from rows, of a database or of an edition that is being written.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from kb.domain.drafts import SourceKind
from kb.domain.review.statements import make_claim_statement, make_result_statement
from kb.domain.review.states import Reading, ReviewBook, Reviewed, ReviewState
from kb.tables import ReviewDecision

MENDED_BY = "review"  # in the place of an extractor: a result that a person mended
_SHOWN = (ReviewState.ACCEPTED, ReviewState.MENDED)
_UNREVIEWED: Reviewed[ReviewDecision] = Reviewed(ReviewState.UNREVIEWED)
FindClaims = Callable[[set[str]], Mapping[str, Any]]


class ReadRow(Protocol):
    """What of a sighting or a result tells whether a machine read it."""

    id: str
    source_id: str | None
    snapshot_id: str | None
    extractor: str | None
    words_key: str | None


@dataclass(frozen=True)
class Standing:
    """What stands: the state of each machine-read row, and what readers are not shown.

    Rows that are not in `reviews` need no review. `hidden_claims` have sightings, but none that
    is shown.
    """

    reviews: Mapping[str, Reviewed[ReviewDecision]]
    hidden_claims: frozenset[str]
    hidden_results: frozenset[str]
    book: ReviewBook[ReviewDecision]

    def get_review(self, row_id: str) -> Reviewed[ReviewDecision] | None:
        """Return the review of a sighting or result; None where it needs none."""
        return self.reviews.get(row_id)

    def is_shown(self, row_id: str) -> bool:
        """Whether readers are shown a sighting."""
        review = self.reviews.get(row_id)
        return review is None or _is_shown(review)

    def find_claim_id(self, sighting: Any) -> str:
        """Return the claim that a sighting is one of: the mended one, if it was mended."""
        review = self.reviews.get(sighting.id)
        return (review and review.mended_id) or str(sighting.claim_id)


@dataclass(frozen=True)
class StandingRows:
    """What a standing is made from; `find_claims` returns claims by their ids."""

    sightings: Sequence[Any]
    results: Sequence[Any]
    source_kinds: Mapping[str, str]
    decisions: Sequence[ReviewDecision]
    find_claims: FindClaims


def make_standing(rows: StandingRows) -> Standing:
    """Return what stands, by all decisions on record."""
    decided = {row.words_key for row in rows.decisions}
    sightings = [row for row in rows.sightings if _needs_review(row, rows.source_kinds)]
    results = [row for row in rows.results if _needs_review(row, rows.source_kinds)]
    known = [row for row in sightings if row.words_key in decided]
    claims = rows.find_claims({row.claim_id for row in known})
    readings = [_read(row, make_claim_statement(claims[row.claim_id]), rows) for row in known]
    readings += [
        _read(row, make_result_statement(row), rows) for row in results if row.words_key in decided
    ]
    book = ReviewBook(rows.decisions, readings)
    reviews = {row.id: _UNREVIEWED for row in (*sightings, *results)}
    reviews |= {reading.row_id: book.get_review(reading) for reading in readings}
    reviews |= _review_mended(results, reviews)
    hidden = frozenset(row.id for row in results if not _stands(row, reviews[row.id]))
    targets = {row.mended_id for row in rows.decisions if row.mended_id is not None}
    return Standing(reviews, _find_hidden(rows.sightings, reviews, targets), hidden, book)


def _needs_review(row: ReadRow, source_kinds: Mapping[str, str]) -> bool:
    """Whether a machine read it in a document; headers of a release are what they are."""
    is_read = row.snapshot_id is not None and row.extractor is not None
    return is_read and source_kinds.get(row.source_id or "") != SourceKind.RELEASE


def _read(row: Any, said: Any, rows: StandingRows) -> Reading:
    return Reading(row.id, row.words_key, said, row.extractor, rows.source_kinds[row.source_id])


def _review_mended(
    results: Iterable[Any], reviews: Mapping[str, Reviewed[ReviewDecision]]
) -> dict[str, Reviewed[ReviewDecision]]:
    """The results that persons put in the place of others, for as long as they stand there."""
    standing = {
        review.mended_id: review
        for row in results
        if (review := reviews[row.id]).mended_id is not None
    }
    return {row.id: standing[row.id] for row in results if row.id in standing}


def _stands(row: Any, review: Reviewed[ReviewDecision]) -> bool:
    """Whether a result was accepted, or a person put it in the place of another."""
    return review.state is ReviewState.ACCEPTED or review.mended_id == row.id


def _is_shown(review: Reviewed[ReviewDecision]) -> bool:
    return review.state in _SHOWN


def _find_hidden(
    sightings: Iterable[Any],
    reviews: Mapping[str, Reviewed[ReviewDecision]],
    targets: set[str],
) -> frozenset[str]:
    """Claims that have sightings or were mended to, and none of whose sightings is shown."""
    seen, shown = set(targets), set()
    for row in sightings:
        seen.add(row.claim_id)
        review = reviews.get(row.id)
        if review is None or _is_shown(review):
            shown.add((review and review.mended_id) or row.claim_id)
    return frozenset(seen - shown)


def describe_review(review: Reviewed[ReviewDecision] | None) -> dict[str, Any] | None:
    """Return how a machine's reading was reviewed, JSON-ready; None where it needs no review."""
    if review is None:
        return None
    decision, told = review.decision, {"state": review.state.value}
    if decision is None:
        return told
    return told | {
        "author": decision.author,
        "reason": decision.reason,
        "decided_at": f"{decision.decided_at:%Y-%m-%dT%H:%M:%SZ}",
        "said": decision.said,
        "mended": decision.mended,
    }
