"""Migrations: upgrade from empty equals the metadata, downgrade leaves nothing."""

import json
from datetime import UTC, datetime

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import (
    JSON,
    Boolean,
    DateTime,
    Float,
    Integer,
    MetaData,
    String,
    inspect,
    text,
)
from sqlmodel import SQLModel

from kb.store.database import (
    DatabaseNotReadyError,
    check_version,
    find_newest_revision,
    make_engine,
)
from kb.store.migrating import downgrade, make_alembic_config, upgrade


def test_the_newest_revision_is_told_by_the_names_of_the_files():
    config = make_alembic_config("sqlite://")
    assert find_newest_revision() == ScriptDirectory.from_config(config).get_current_head()


def check_up_and_down(url):
    upgrade(url)
    engine = make_engine(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, SQLModel.metadata) == []
    check_version(engine)
    downgrade(url)
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    with pytest.raises(DatabaseNotReadyError, match="kb init"):
        check_version(engine)
    upgrade(url)
    check_version(engine)
    engine.dispose()


def test_sqlite(tmp_path):
    url = f"sqlite:///{tmp_path / 'kb.sqlite'}"
    check_up_and_down(url)
    with make_engine(url).connect() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1


@pytest.mark.postgres
def test_postgres(postgres_url):
    check_up_and_down(postgres_url)
    check_that_answers_survive(postgres_url)


def test_answers_survive_a_change_of_their_table(tmp_path):
    check_that_answers_survive(f"sqlite:///{tmp_path / 'kb.sqlite'}")


def check_that_answers_survive(url):
    """Right and wrong become shares, and what was expected a list; and back."""
    downgrade(url)
    upgrade(url, "0005")
    engine = make_engine(url)
    metadata = MetaData()
    metadata.reflect(engine)
    with engine.begin() as connection:
        for name in ("source", "model", "release", "claim", "plan", "environment"):
            insert_any(connection, metadata.tables[name], name)
        for number, correct in ((1, True), (2, False)):
            own = {"correct": correct, "expected": "7481"}
            insert_any(connection, metadata.tables["trial"], f"t{number}", **own)
    upgrade(url)
    with engine.connect() as connection:
        query = "select score, task, scorer, expected from trial order by id"
        rows = [tuple(row) for row in connection.execute(text(query))]
    expected = [row[3] if isinstance(row[3], list) else json.loads(row[3]) for row in rows]
    assert [row[:3] for row in rows] == [
        (1.0, "needle", "first_number/1"), (0.0, "needle", "first_number/1"),
    ]  # fmt: skip
    assert expected == [["7481"], ["7481"]]
    downgrade(url, "0005")
    with engine.connect() as connection:
        rows = connection.execute(text("select correct, expected from trial order by id")).all()
    assert [(bool(row[0]), row[1]) for row in rows] == [(True, "7481"), (False, "7481")]
    engine.dispose()


def insert_any(connection, table, key, **own):
    """Insert a row of anything; a foreign key is the name of the table it leads to."""
    values = {column.name: make_any(column) for column in table.columns if not column.nullable}
    connection.execute(table.insert().values({**values, **own, "id": key}))


def make_any(column):
    if column.foreign_keys:
        return next(iter(column.foreign_keys)).column.table.name
    made = {Integer: 1, Float: 0.5, Boolean: True, JSON: [], DateTime: A_DAY, String: "x"}
    return next(value for kind, value in made.items() if isinstance(column.type, kind))


A_DAY = datetime(2026, 1, 1, tzinfo=UTC)
