"""what people decided of machine readings, and the words that decisions are kept under

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

from kb.tables.base import UtcDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_OF_RESULTS = (
    ("snapshot_id", sa.String),
    ("quote", sa.String),
    ("quote_start", sa.Integer),
    ("quote_end", sa.Integer),
    ("extractor", sa.String),
    ("words_key", sa.String),
)
_REQUIRED = ("id", "key", "words_key", "decision", "details", "author", "reason", "scope",
             "extractor", "kind", "source_id", "source_kind")  # fmt: skip
_OPTIONAL = ("mended_key", "mended_details", "mended_id", "quote", "supersedes_id")
_SEARCHED = ("key", "words_key", "decision", "author", "source_id")


def upgrade() -> None:
    op.add_column("sighting", sa.Column("words_key", sa.String(), nullable=True))
    for name, kind in _OF_RESULTS:
        op.add_column("measurement", sa.Column(name, kind(), nullable=True))
    for table in ("sighting", "measurement"):
        op.create_index(op.f(f"ix_{table}_words_key"), table, ["words_key"])
    _make_decisions()


def _make_decisions() -> None:
    op.create_table(
        "review_decision",
        *(sa.Column(name, sa.String(), nullable=False) for name in _REQUIRED),
        *(sa.Column(name, sa.String(), nullable=True) for name in _OPTIONAL),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("mended", sa.JSON(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name=op.f("fk_review_decision_source_id_source")
        ),
        sa.ForeignKeyConstraint(
            ["supersedes_id"],
            ["review_decision.id"],
            name=op.f("fk_review_decision_supersedes_id_review_decision"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_decision")),
    )
    for name in _SEARCHED:
        op.create_index(op.f(f"ix_review_decision_{name}"), "review_decision", [name])


def downgrade() -> None:
    op.drop_table("review_decision")
    for table in ("sighting", "measurement"):
        op.drop_index(op.f(f"ix_{table}_words_key"), table)
    op.drop_column("sighting", "words_key")
    for name, _ in reversed(_OF_RESULTS):
        op.drop_column("measurement", name)
