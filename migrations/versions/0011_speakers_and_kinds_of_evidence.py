"""who speaks in a document, whom it quotes, and what sort of evidence a result is

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_TEXTS = (
    "attributed_to", "attributed_org", "attribution", "attribution_words", "figure_of", "note",
)  # fmt: skip
_CLAIM = sa.table("claim", sa.column("id", sa.String), sa.column("said_by", sa.String))
_SIGHTING = sa.table("sighting", sa.column("claim_id", sa.String), sa.column("said_by", sa.String))


def upgrade() -> None:
    """Columns are added and dropped in place: SQLite must not copy a table that others lead to."""
    op.add_column("source", sa.Column("author", sa.String(), nullable=True))
    for name in _TEXTS:
        op.add_column("sighting", sa.Column(name, sa.String(), nullable=True))
    disputes = sa.Column("disputes", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("sighting", disputes)
    op.add_column("measurement", sa.Column("evidence", sa.String(), nullable=True))
    op.add_column("claim", sa.Column("question", sa.String(), nullable=True))
    op.drop_index("ix_claim_said_by", "claim")
    op.drop_column("claim", "said_by")


def downgrade() -> None:
    said_by = sa.Column("said_by", sa.String(), nullable=False, server_default="")
    op.add_column("claim", said_by)
    first = (
        sa.select(sa.func.min(_SIGHTING.c.said_by))
        .where(_SIGHTING.c.claim_id == _CLAIM.c.id)
        .scalar_subquery()
    )
    op.execute(_CLAIM.update().values(said_by=sa.func.coalesce(first, "")))
    op.create_index("ix_claim_said_by", "claim", ["said_by"])
    op.drop_column("claim", "question")
    op.drop_column("measurement", "evidence")
    for name in (*_TEXTS, "disputes"):
        op.drop_column("sighting", name)
    op.drop_column("source", "author")
