"""scores of trials: a share instead of right or wrong, the task, several right answers

Revision ID: 0006
Revises: 0005
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_TRIAL = sa.table(
    "trial",
    sa.column("id", sa.String),
    sa.column("expected", sa.String),
    sa.column("correct", sa.Boolean),
    sa.column("task", sa.String),
    sa.column("scorer", sa.String),
    sa.column("score", sa.Float),
)


def upgrade() -> None:
    with op.batch_alter_table("trial") as batch:
        batch.add_column(sa.Column("task", sa.String(), nullable=True))
        batch.add_column(sa.Column("scorer", sa.String(), nullable=True))
        batch.add_column(sa.Column("score", sa.Float(), nullable=True))
    op.execute(_TRIAL.update().values(task="needle", scorer="first_number/1"))
    op.execute(_TRIAL.update().values(score=sa.case((_TRIAL.c.correct, 1.0), else_=0.0)))
    _rewrite_expected(lambda text: json.dumps([text]))
    with op.batch_alter_table("trial") as batch:
        batch.alter_column("task", existing_type=sa.String(), nullable=False)
        batch.alter_column("scorer", existing_type=sa.String(), nullable=False)
        batch.alter_column("score", existing_type=sa.Float(), nullable=False)
        batch.alter_column("depth", existing_type=sa.Float(), nullable=True)
        batch.alter_column(
            "expected", existing_type=sa.String(), type_=sa.JSON(), existing_nullable=False,
            postgresql_using="expected::json",
        )  # fmt: skip
        batch.drop_column("correct")


def downgrade() -> None:
    with op.batch_alter_table("trial") as batch:
        batch.add_column(sa.Column("correct", sa.Boolean(), nullable=True))
        batch.alter_column(
            "expected", existing_type=sa.JSON(), type_=sa.String(), existing_nullable=False,
            postgresql_using="expected::text",
        )  # fmt: skip
    op.execute(_TRIAL.update().values(correct=_TRIAL.c.score >= 1.0))
    op.execute("update trial set depth = 0.0 where depth is null")
    _rewrite_expected(lambda text: ", ".join(json.loads(text)))
    with op.batch_alter_table("trial") as batch:
        batch.alter_column("correct", existing_type=sa.Boolean(), nullable=False)
        batch.alter_column("depth", existing_type=sa.Float(), nullable=False)
        batch.drop_column("score")
        batch.drop_column("scorer")
        batch.drop_column("task")


def _rewrite_expected(rewrite) -> None:
    bind = op.get_bind()
    for row in bind.execute(sa.select(_TRIAL.c.id, _TRIAL.c.expected)).all():
        changed = _TRIAL.update().where(_TRIAL.c.id == row.id)
        bind.execute(changed.values(expected=rewrite(row.expected)))
