"""Alembic environment: one metadata, any database."""

from alembic import context
from sqlmodel import SQLModel

import kb.tables
from kb.settings import load_settings
from kb.store.database import make_engine
from kb.tables.base import UtcDateTime

assert kb.tables.TABLES


def render_item(kind, item, autogen):
    """Write our own column type as the plain one it stands for."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and type(item).__name__ == "AutoString":
        return "sa.String()"
    return False


def run():
    url = context.config.attributes.get("url") or load_settings().url
    engine = make_engine(url)
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=SQLModel.metadata,
            render_as_batch=engine.dialect.name == "sqlite",
            render_item=render_item,
            compare_type=False,
        )
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


run()
