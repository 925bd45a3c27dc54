"""what vendors answer to a claim, beside its verdict

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

from kb.tables.base import UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "vendor_reply",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("claim_id", sa.String(), nullable=False),
        sa.Column("vendor", sa.String(), nullable=False),
        sa.Column("said_by", sa.String(), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("accepted_by", sa.String(), nullable=False),
        sa.Column("accepted_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("fk_vendor_reply_claim_id_claim")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vendor_reply")),
    )
    op.create_index(op.f("ix_vendor_reply_claim_id"), "vendor_reply", ["claim_id"])


def downgrade() -> None:
    op.drop_table("vendor_reply")
