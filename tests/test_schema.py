"""The committed JSON Schema is the one that the drafts make."""

from kb.domain.record_schema import render_schema
from tests.conftest import PROJECT


def test_schema_is_current():
    committed = (PROJECT / "schema" / "record.schema.json").read_text()
    assert committed == render_schema(), "run `make schema` and commit the result"
