"""Engines and sessions; `kb.store.migrating` brings a database up to date."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event, inspect, make_url, text
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


def check_version(engine: Engine) -> None:
    """Raise DatabaseNotReadyError unless the database is at the newest revision."""
    head = find_newest_revision()
    with engine.connect() as connection:
        current = _read_revision(connection)
    if current is None:
        raise DatabaseNotReadyError("the database is empty; run `kb init` first")
    if current != head:
        raise DatabaseNotReadyError(
            f"the database is at revision {current}, this program at {head}; run `kb init`"
        )


def find_newest_revision() -> str:
    """Return the newest revision by the names of the files; asking Alembic takes half a second."""
    return max(path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def _read_revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.scalar(text("select version_num from alembic_version"))
    return revision
