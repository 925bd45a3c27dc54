"""Migrations: upgrade from empty equals the metadata, downgrade leaves nothing."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlmodel import SQLModel

from kb.store.database import DatabaseNotReadyError, check_version, downgrade, make_engine, upgrade


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
