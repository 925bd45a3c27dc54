"""which document, result or release a correction is about

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("correction", sa.Column("part", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("correction", "part")
