"""What is generated and committed is what the code makes: JSON Schema, data dictionary."""

from kb.domain.record_schema import render_schema
from kb.exports.dictionary import render_dictionary
from tests.conftest import PROJECT


def test_schema_is_current():
    committed = (PROJECT / "schema" / "record.schema.json").read_text()
    assert committed == render_schema(), "run `make schema` and commit the result"


def test_data_dictionary_is_current():
    shipped = (PROJECT / "docs" / "data-dictionary.md").read_text()
    assert shipped == render_dictionary(), "run `make dictionary`"
    assert "| |" not in shipped.replace("| column | type | what it is |", "")
