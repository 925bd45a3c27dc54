"""Migrations: bring a database to a revision, by Alembic."""

from alembic import command
from alembic.config import Config

from kb.store.database import MIGRATIONS, make_engine


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
