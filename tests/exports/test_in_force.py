"""What is in force is the same to the code and to the published file, however rows supersede."""

from dataclasses import dataclass
from random import Random

import duckdb
import pytest

from kb.domain.in_force.superseding import (
    CURRENT_SIGHTINGS,
    CURRENT_VERDICTS,
    drop_superseded,
    list_current_sightings,
)


@dataclass
class Row:
    id: str
    supersedes_id: str | None = None
    snapshot_id: str | None = None
    extractor: str = ""


def make_readings(random):
    """Chains of readings, by several extractors, of some of eight snapshots."""
    readings = []
    for snapshot in range(random.randrange(8)):
        before = None
        for number in range(random.randrange(1, 5)):
            extractor = f"reader/{random.randrange(3)}"
            reading = Row(f"rdg_{snapshot}_{number}", before, f"snp_{snapshot}", extractor)
            readings.append(reading)
            before = reading.id
    return random.sample(readings, len(readings))


def make_sightings(random):
    return [
        Row(
            f"sgt_{number:02}", None, random.choice([None, f"snp_{random.randrange(10)}"]),
            f"reader/{random.randrange(3)}",
        )
        for number in range(40)
    ]  # fmt: skip


def fill(base, **tables):
    for name, rows in tables.items():
        base.execute(
            f"create table {name} (id text, supersedes_id text, snapshot_id text, extractor text)"
        )
        for row in rows:
            base.execute(f"insert into {name} values (?, ?, ?, ?)", [*vars(row).values()])


@pytest.mark.parametrize("seed", range(12))
def test_code_and_published_file_agree_on_what_is_in_force(seed):
    random = Random(seed)
    readings, sightings = make_readings(random), make_sightings(random)
    with duckdb.connect() as base:
        fill(base, reading=readings, sighting=sightings, verdict=readings)
        seen = {row[0] for row in base.execute(CURRENT_SIGHTINGS).fetchall()}
        verdicts = {row[0] for row in base.execute(CURRENT_VERDICTS).fetchall()}
    assert seen == {row.id for row in list_current_sightings(sightings, readings)}
    assert verdicts == {row.id for row in drop_superseded(readings)}
    assert seen, "people's sightings are always in force"
