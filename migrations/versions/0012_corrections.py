"""versions of record files, what they and readings assert, and corrections

What is on record becomes what the first version of each record file says; what a crawl found, what
the readings in force of its source say.

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

from kb.tables.base import UtcDateTime
from migrations.first_assertions import insert_assertions

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "revision",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=True),
        sa.Column("supersedes_id", sa.String(), nullable=True),
        sa.Column("content", sa.String(), nullable=True),
        sa.Column("loaded_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["supersedes_id"], ["revision.id"], name=op.f("fk_revision_supersedes_id_revision")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
    )
    op.create_index(op.f("ix_revision_record"), "revision", ["record"])
    op.create_table(
        "assertion",
        sa.Column("by_id", sa.String(), nullable=False),
        sa.Column("row_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("by_id", "row_id", name=op.f("pk_assertion")),
    )
    op.create_index(op.f("ix_assertion_row_id"), "assertion", ["row_id"])
    _create_corrections()
    op.add_column("reading", sa.Column("inputs", sa.String(), nullable=True))
    insert_assertions(op.get_bind())


def _create_corrections() -> None:
    op.create_table(
        "correction",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("model_id", sa.String(), nullable=False),
        sa.Column("old_id", sa.String(), nullable=False),
        sa.Column("new_id", sa.String(), nullable=True),
        sa.Column("about_id", sa.String(), nullable=True),
        sa.Column("field", sa.String(), nullable=True),
        sa.Column("was", sa.String(), nullable=True),
        sa.Column("now", sa.String(), nullable=True),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("corrected_on", sa.Date(), nullable=False),
        sa.Column("record", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["model_id"], ["model.id"], name=op.f("fk_correction_model_id_model")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
    )
    for column in ("kind", "model_id", "old_id", "new_id", "about_id"):
        op.create_index(op.f(f"ix_correction_{column}"), "correction", [column])


def downgrade() -> None:
    op.drop_column("reading", "inputs")
    for table in ("correction", "assertion", "revision"):
        op.drop_table(table)
