"""Limits that somebody states and no run shows: of engines, of providers, of the vendor."""

from collections.abc import Iterable
from itertools import chain

from kb.domain.outcomes import Basis, EvidenceKind
from kb.rules.case import Case, Evidence
from kb.rules.lengths.length_evidence import ACCEPTED, PAST, SERVED, TRAINED

_MOST_ENGINES = 3


def find_stated(case: Case) -> tuple[Evidence, ...]:
    """Return what engines' makers, providers and the vendor state, the largest of each."""
    engines = [limit for limit in case.of_own_metric(ACCEPTED) if _is_stated(limit)]
    served = find_served(case.of_own_metric(SERVED), case.of_own_metric(PAST))
    trained = find_largest(case.of_own_metric(TRAINED))
    return (*_list_largest(engines), *served, *((trained,) if trained else ()))


def _is_stated(limit: Evidence) -> bool:
    return limit.basis is not Basis.MEASURED_HERE and limit.kind is not EvidenceKind.RUN


def find_largest(evidence: Iterable[Evidence]) -> Evidence | None:
    """Return the result with the largest figure; of equal ones the first."""
    known = [result for result in evidence if result.value is not None]
    return max(known, key=lambda result: result.value or 0.0, default=None)


def _list_largest(limits: Iterable[Evidence]) -> list[Evidence]:
    """The largest that each speaker states, the largest first."""
    by_speaker: dict[str, list[Evidence]] = {}
    for limit in limits:
        by_speaker.setdefault(limit.reported_by or "", []).append(limit)
    largest = filter(None, map(find_largest, by_speaker.values()))
    return sorted(largest, key=lambda limit: -(limit.value or 0.0))[:_MOST_ENGINES]


def find_served(served: Iterable[Evidence], ended: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Return the largest limit that a provider lists now, and a larger one that is over.

    Listings change: of each provider the newest counts.
    """
    by_provider: dict[str | None, list[Evidence]] = {}
    for listing in served:
        by_provider.setdefault(listing.conditions.provider, []).append(listing)
    newest = [max(found, key=_get_day) for found in by_provider.values()]
    now = find_largest(newest)
    listings = chain(ended, *by_provider.values())
    past = find_largest(listing for listing in listings if listing not in newest)
    if now is None:
        return ()
    is_larger = past is not None and (past.value or 0.0) > (now.value or 0.0)
    return (now, past) if past is not None and is_larger else (now,)


def _get_day(listing: Evidence) -> str:
    return listing.as_of or ""
