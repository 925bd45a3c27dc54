"""What became of a claim where it was said: it stands, was edited into another one, or is gone.

A source is fetched again and again; each time its bytes differ there is a snapshot more. Claims
that are one proposition in other words count as one: a new wording is no edit.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Fate(StrEnum):
    """What became of a claim in a source."""

    STANDS = "stands"
    EDITED = "edited"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Seen:
    """A claim in a snapshot, at an offset. `topic` is what an edit keeps: model, type, metric."""

    claim_id: str
    snapshot_id: str
    start: int
    topic: tuple[str | None, ...]


@dataclass(frozen=True)
class History:
    """A claim in one source: the first and last snapshot that says it, and what came after.

    `gone_id` is the first snapshot without it, `replaced_by` the claim that stands there instead.
    """

    claim_id: str
    source_id: str
    fate: Fate
    first_id: str
    last_id: str
    gone_id: str | None = None
    replaced_by: str | None = None


def list_chain(previous: Mapping[str, str | None]) -> list[str]:
    """Return the snapshots of one source, oldest first, from what came before each."""
    ages = count_ages(previous)
    return sorted(previous, key=lambda snapshot_id: (ages[snapshot_id], snapshot_id))


def count_ages(previous: Mapping[str, str | None]) -> dict[str, int]:
    """Return how many snapshots came before each one."""
    ages: dict[str, int] = {}
    for start in previous:
        chain = []
        current: str | None = start
        while current is not None and current not in ages and current in previous:
            chain.append(current)
            current = previous[current]
        age = -1 if current is None else ages.get(current, -1)
        for snapshot_id in reversed(chain):
            age += 1
            ages[snapshot_id] = age
    return ages


def find_histories(
    source_id: str,
    chain: Sequence[str],
    seen: Iterable[Seen],
    get_canonical: Callable[[str], str] = lambda claim_id: claim_id,
) -> list[History]:
    """Return what became of each claim of one source.

    `chain` are the snapshots that were read, oldest first; `seen` the claims in them.
    """
    by_snapshot: defaultdict[str, dict[str, Seen]] = defaultdict(dict)
    for sighting in sorted(seen, key=lambda sighting: (sighting.start, sighting.claim_id)):
        by_snapshot[sighting.snapshot_id].setdefault(get_canonical(sighting.claim_id), sighting)
    at: defaultdict[str, list[int]] = defaultdict(list)
    for index, snapshot_id in enumerate(chain):
        for claim_id in by_snapshot[snapshot_id]:
            at[claim_id].append(index)
    return [
        _tell(source_id, claim_id, places, chain, by_snapshot)
        for claim_id, places in sorted(at.items())
    ]


def _tell(
    source_id: str,
    claim_id: str,
    places: list[int],
    chain: Sequence[str],
    by_snapshot: Mapping[str, Mapping[str, Seen]],
) -> History:
    first, last = chain[places[0]], chain[places[-1]]
    if places[-1] == len(chain) - 1:
        return History(claim_id, source_id, Fate.STANDS, first, last)
    gone = chain[places[-1] + 1]
    new = _find_replacement(by_snapshot[last][claim_id], by_snapshot[last], by_snapshot[gone])
    fate = Fate.WITHDRAWN if new is None else Fate.EDITED
    return History(claim_id, source_id, fate, first, last, gone, new)


def _find_replacement(
    old: Seen, before: Mapping[str, Seen], after: Mapping[str, Seen]
) -> str | None:
    """The nearest claim on the same topic that was not there before."""
    fresh = [
        (abs(sighting.start - old.start), claim_id)
        for claim_id, sighting in after.items()
        if sighting.topic == old.topic and claim_id not in before
    ]
    return min(fresh)[1] if fresh else None
