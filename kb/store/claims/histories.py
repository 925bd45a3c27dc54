"""What became of claims in their sources, from the rows of sightings, snapshots and readings."""

from collections import defaultdict
from collections.abc import Callable, Iterable

from sqlmodel import Session, col, select

from kb.domain.in_force.histories import History, Seen, find_histories, list_chain
from kb.domain.in_force.judgements import Groups
from kb.domain.in_force.superseding import find_current_readings
from kb.store.in_force import is_in_force
from kb.store.review.histories import drop_hidden, list_undenied, place_sighting
from kb.store.review.reads import read_standing
from kb.store.review.standing import Standing
from kb.tables import Claim, Reading, Sighting, Snapshot


def read_reading_in_force(session: Session, snapshot_id: str) -> Reading | None:
    """Return the reading in force of one snapshot, None before it is read."""
    rows = session.exec(select(Reading).where(Reading.snapshot_id == snapshot_id))
    return find_current_readings(rows).get(snapshot_id)


def make_histories(
    claims: Iterable[Claim],
    sightings: Iterable[Sighting],
    snapshots: Iterable[Snapshot],
    readings: Iterable[Reading],
    get_canonical: Callable[[str], str],
) -> list[History]:
    """Return what became of each claim in each source that was read, by source.

    `sightings` are those in force.
    """
    read = find_current_readings(readings)
    topics = {row.id: (row.model_id, row.claim_type, row.metric) for row in claims}
    previous: defaultdict[str, dict[str, str | None]] = defaultdict(dict)
    for row in snapshots:
        previous[row.source_id][row.id] = row.previous_id
    seen: defaultdict[str, list[Seen]] = defaultdict(list)
    for sighting in sightings:
        if sighting.snapshot_id is not None:
            place, topic = sighting.quote_start or 0, topics[sighting.claim_id]
            seen[sighting.source_id].append(
                Seen(sighting.claim_id, sighting.snapshot_id, place, topic)
            )
    found: list[History] = []
    for source_id in sorted(seen):
        chain = [
            snapshot_id
            for snapshot_id in list_chain(previous[source_id])
            if _was_read(read.get(snapshot_id))
        ]
        found += find_histories(source_id, chain, seen[source_id], get_canonical)
    return found


def _was_read(reading: Reading | None) -> bool:
    """Whether it could be read: a page that was not tells nothing of what is gone."""
    return reading is not None and (reading.kept > 0 or reading.failed == 0)


def read_histories(session: Session, groups: Groups, standing: Standing) -> list[History]:
    """Return what became of each claim in each source that was read."""
    histories = make_histories(
        session.exec(select(Claim)),
        list_undenied(_read_sightings_in_force(session), standing),
        session.exec(select(Snapshot)),
        session.exec(select(Reading)),
        groups.get_canonical,
    )
    return drop_hidden(histories, standing.hidden_claims)


def read_current_sightings(session: Session, standing: Standing | None = None) -> list[Sighting]:
    """Return the sightings in force that readers are shown, in the order of their ids."""
    standing = standing or read_standing(session)
    current = _read_sightings_in_force(session)
    return [place_sighting(row, standing) for row in current if standing.is_shown(row.id)]


def _read_sightings_in_force(session: Session) -> list[Sighting]:
    query = select(Sighting).where(is_in_force(Sighting)).order_by(col(Sighting.id))
    return list(session.exec(query))
