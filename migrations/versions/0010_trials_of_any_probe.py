"""trials of any probe: a length and expected strings are no longer required

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_TRIAL = sa.table(
    "trial",
    sa.column("context_tokens", sa.Integer),
    sa.column("expected", sa.JSON),
    sa.column("prompt_tokens", sa.Integer),
)


def upgrade() -> None:
    with op.batch_alter_table("trial") as batch:
        batch.alter_column("context_tokens", existing_type=sa.Integer(), nullable=True)
        batch.alter_column("expected", existing_type=sa.JSON(), nullable=True)


def downgrade() -> None:
    tokens = _TRIAL.c.context_tokens
    op.execute(
        _TRIAL.update().where(tokens.is_(None)).values(context_tokens=_TRIAL.c.prompt_tokens)
    )
    op.execute(_TRIAL.update().where(_TRIAL.c.expected.is_(None)).values(expected=[]))
    with op.batch_alter_table("trial") as batch:
        batch.alter_column("context_tokens", existing_type=sa.Integer(), nullable=False)
        batch.alter_column("expected", existing_type=sa.JSON(), nullable=False)
