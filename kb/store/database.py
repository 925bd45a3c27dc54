"""Engines, sessions and migrations."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, event, make_url
from sqlmodel import Session, create_engine

import kb.tables  # noqa: F401  (registers the tables)
from kb.domain.errors import UserError

# With WAL and synchronous=NORMAL a kill loses nothing; a power cut may lose the last commits,
# and what they told of is done again.
_PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=30000")
MIGRATIONS = Path(__file__).parents[2] / "migrations"


class DatabaseNotReadyError(UserError):
    """The database has not been created, or is of another version."""


def make_engine(url: str) -> Engine:
    """Return an engine for `url`; SQLite gets WAL, foreign keys and patience with writers."""
    backend = make_url(url).get_backend_name()
    if backend == "postgresql":
        return create_engine(url, pool_pre_ping=True)
    if backend != "sqlite":
        raise UserError(f"KB_DATABASE_URL: {backend} is not supported; use SQLite or PostgreSQL")
    path = url.removeprefix("sqlite:///")
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url)

    @event.listens_for(engine, "connect")
    def _set_pragmas(connection: Any, _record: Any) -> None:
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    return engine


@contextmanager
def open_session(url: str) -> Iterator[Session]:
    """Open a session on a database that is at the current version."""
    engine = make_engine(url)
    try:
        check_version(engine)
        with Session(engine) as session:
            yield session
    finally:
        engine.dispose()


def make_alembic_config(url: str) -> Config:
    """Return Alembic's configuration for `url`."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["url"] = url
    return config


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database to `revision`."""
    make_engine(url).dispose()
    command.upgrade(make_alembic_config(url), revision)


def downgrade(url: str, revision: str = "base") -> None:
    """Take the database back to `revision`."""
    command.downgrade(make_alembic_config(url), revision)


def check_version(engine: Engine) -> None:
    """Raise DatabaseNotReadyError unless the database is at the newest revision."""
    head = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    if current is None:
        raise DatabaseNotReadyError("the database is empty; run `kb init` first")
    if current != head:
        raise DatabaseNotReadyError(
            f"the database is at revision {current}, this program at {head}; run `kb init`"
        )
