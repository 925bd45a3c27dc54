"""What the rows of an older knowledge base are asserted by, as far as they tell it themselves.

The sighting of a record names its file. Releases and results of records have ids that are made
otherwise than of those that a crawl finds.
"""

from collections import defaultdict
from datetime import UTC, datetime

import sqlalchemy as sa

from kb.domain.ids import make_content_id

_RECORD = "record:"
_VALUES = (
    "metric", "value", "low", "high", "text", "unit", "n", "n_unit", "rank", "reported_by",
    "as_of", "locator",
)  # fmt: skip
_TABLES = (
    "model", "release", "claim", "sighting", "measurement", "reading", "snapshot", "revision",
    "assertion",
)  # fmt: skip


def insert_assertions(connection):
    """Fill `revision` and `assertion` from the rows that are there."""
    metadata = sa.MetaData()
    metadata.reflect(connection, only=_TABLES)
    found = _Assertions(connection, metadata.tables)
    found.take_sightings()
    found.take_releases()
    found.take_results()
    found.take_models()
    found.insert()


class _Assertions:
    def __init__(self, connection, tables):
        self.connection = connection
        self.tables = tables
        self.pairs = set()
        self.records = {}
        self.record_of_model = {}
        self.own_releases = set()
        self.readings_of_source = self._read_current_readings()

    def read(self, name):
        return self.connection.execute(sa.select(self.tables[name])).all()

    def _read_current_readings(self):
        readings = self.read("reading")
        superseded = {row.supersedes_id for row in readings}
        source_of = {row.id: row.source_id for row in self.read("snapshot")}
        found = defaultdict(set)
        for row in readings:
            if row.id not in superseded:
                found[source_of[row.snapshot_id]].add(row.id)
        return found

    def take_sightings(self):
        models = {row.id: row.model_id for row in self.read("claim")}
        read_by = {(row.snapshot_id, row.extractor): row.id for row in self.read("reading")}
        for row in self.read("sighting"):
            model_id = models[row.claim_id]
            if row.extractor.startswith(_RECORD):
                by_id = self.get_record(model_id, row.extractor.removeprefix(_RECORD))
                self.pairs.add((by_id, row.source_id))
            else:
                by_id = read_by.get((row.snapshot_id, row.extractor))
            if by_id is not None:
                self.pairs |= {(by_id, row_id) for row_id in (row.id, row.claim_id, model_id)}

    def get_record(self, model_id, name=None):
        """The first version of the record about a model; without a name it is called after it."""
        if name is None and model_id in self.record_of_model:
            return self.record_of_model[model_id]
        by_id = make_content_id("rev", name or model_id)
        self.records[by_id] = name or model_id
        self.record_of_model[model_id] = by_id
        self.pairs.add((by_id, model_id))
        return by_id

    def take_releases(self):
        for row in self.read("release"):
            parts = (row.model_id, row.repository, row.revision)
            if row.id == make_content_id("rel", *parts):
                self.own_releases.add(row.id)
                self.assert_by_record(row)
            else:
                self.assert_by_readings(row)

    def take_results(self):
        for row in self.read("measurement"):
            if row.plan_id is not None:
                continue
            values = {name: getattr(row, name) for name in _VALUES}
            own_id = make_content_id("mea", row.model_id, row.source_id, values, row.conditions)
            is_shape = row.release_id in self.own_releases and row.locator == "config"
            was_read = bool(self.readings_of_source[row.source_id])
            is_recorded = row.model_id in self.record_of_model and not was_read
            if row.id == own_id or is_shape or is_recorded:
                self.assert_by_record(row)
            else:
                self.assert_by_readings(row)

    def assert_by_record(self, row):
        by_id = self.get_record(row.model_id)
        self.pairs |= {(by_id, row.id), (by_id, row.source_id)}

    def assert_by_readings(self, row):
        for by_id in self.readings_of_source[row.source_id]:
            self.pairs |= {(by_id, row.id), (by_id, row.model_id)}

    def take_models(self):
        """A model of which more is known than a crawl tells has a record."""
        for row in self.read("model"):
            if row.aliases or row.not_the_same_as or row.variant_of or row.note:
                self.get_record(row.id)
            by_id = self.record_of_model.get(row.id)
            if by_id is not None and row.availability_source_id is not None:
                self.pairs.add((by_id, row.availability_source_id))

    def insert(self):
        now = datetime.now(UTC).replace(microsecond=0)
        revisions = [
            {"id": by_id, "record": name, "loaded_at": now} for by_id, name in self.records.items()
        ]
        assertions = [{"by_id": by_id, "row_id": row_id} for by_id, row_id in sorted(self.pairs)]
        for table, rows in (("revision", revisions), ("assertion", assertions)):
            if rows:
                self.connection.execute(self.tables[table].insert(), rows)
