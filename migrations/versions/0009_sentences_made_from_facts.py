"""verdicts keep facts, and their sentences are made when they are read

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Stored sentences stay: no code says any more what a superseded rule once did."""
    op.add_column("verdict", sa.Column("facts", sa.JSON(), nullable=True))
    _make_again("explanation", sa.Column("explanation", sa.String(), nullable=True))


def downgrade() -> None:
    op.execute("update verdict set explanation = outcome where explanation is null")
    again = sa.Column("explanation", sa.String(), nullable=False, server_default="")
    _make_again("explanation", again)
    if op.get_bind().dialect.name != "sqlite":
        op.alter_column("verdict", "explanation", server_default=None)
    op.drop_column("verdict", "facts")


def _make_again(name: str, column: sa.Column[str]) -> None:
    """SQLite changes a column by copying its table, and must not where other rows lead to it."""
    op.execute(f"alter table verdict rename column {name} to {name}_before")
    op.add_column("verdict", column)
    op.execute(f"update verdict set {name} = {name}_before")  # noqa: S608
    op.drop_column("verdict", f"{name}_before")
