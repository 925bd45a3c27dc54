"""Columns and constraints of the larger tables that the first migration makes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem


def make_claim_items() -> tuple[SchemaItem, ...]:
    return (
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("model_id", sa.String(), nullable=False),
        sa.Column("subject_text", sa.String(), nullable=False),
        sa.Column("claim_type", sa.String(), nullable=False),
        sa.Column("metric", sa.String(), nullable=True),
        sa.Column("claimed_text", sa.String(), nullable=False),
        sa.Column("operator", sa.String(), nullable=True),
        sa.Column("claimed_value", sa.Float(), nullable=True),
        sa.Column("claimed_high", sa.Float(), nullable=True),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("said_by", sa.String(), nullable=False),
        sa.Column("conditions", sa.JSON(), nullable=False),
        sa.Column("seed", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["model_id"], ["model.id"], name=op.f("fk_claim_model_id_model")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
    )


def make_release_items() -> tuple[SchemaItem, ...]:
    return (
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("model_id", sa.String(), nullable=False),
        sa.Column("repository", sa.String(), nullable=False),
        sa.Column("revision", sa.String(), nullable=True),
        sa.Column("manifest_sha256", sa.String(), nullable=True),
        sa.Column("format", sa.String(), nullable=True),
        sa.Column("precision", sa.String(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["model_id"], ["model.id"], name=op.f("fk_release_model_id_model")),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name=op.f("fk_release_source_id_source")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release")),
    )


def make_plan_items() -> tuple[SchemaItem, ...]:
    return (
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("claim_id", sa.String(), nullable=False),
        sa.Column("release_id", sa.String(), nullable=False),
        sa.Column("probe", sa.String(), nullable=False),
        sa.Column("probe_version", sa.Integer(), nullable=False),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_plan_claim_id_claim")),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_plan_release_id_release")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
    )


def make_sighting_items() -> tuple[SchemaItem, ...]:
    return (
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("claim_id", sa.String(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("snapshot_id", sa.String(), nullable=True),
        sa.Column("quote", sa.String(), nullable=True),
        sa.Column("locator", sa.String(), nullable=True),
        sa.Column("quote_start", sa.Integer(), nullable=True),
        sa.Column("quote_end", sa.Integer(), nullable=True),
        sa.Column("said_by", sa.String(), nullable=False),
        sa.Column("said_on", sa.String(), nullable=True),
        sa.Column("extractor", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("fk_sighting_claim_id_claim")
        ),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshot.id"], name=op.f("fk_sighting_snapshot_id_snapshot")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name=op.f("fk_sighting_source_id_source")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sighting")),
    )


def make_measurement_items() -> tuple[SchemaItem, ...]:
    return (
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("model_id", sa.String(), nullable=False),
        sa.Column("release_id", sa.String(), nullable=True),
        sa.Column("plan_id", sa.String(), nullable=True),
        sa.Column("environment_id", sa.String(), nullable=True),
        sa.Column("source_id", sa.String(), nullable=True),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("metric", sa.String(), nullable=False),
        sa.Column("value", sa.Float(), nullable=True),
        sa.Column("low", sa.Float(), nullable=True),
        sa.Column("high", sa.Float(), nullable=True),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("n", sa.Integer(), nullable=True),
        sa.Column("n_unit", sa.String(), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("conditions", sa.JSON(), nullable=False),
        sa.Column("reported_by", sa.String(), nullable=True),
        sa.Column("as_of", sa.String(), nullable=True),
        sa.Column("locator", sa.String(), nullable=True),
        sa.Column("measured_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["environment_id"],
            ["environment.id"],
            name=op.f("fk_measurement_environment_id_environment"),
        ),
        sa.ForeignKeyConstraint(
            ["model_id"], ["model.id"], name=op.f("fk_measurement_model_id_model")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_measurement_plan_id_plan")),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_measurement_release_id_release")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name=op.f("fk_measurement_source_id_source")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measurement")),
    )


def make_trial_items() -> tuple[SchemaItem, ...]:
    return (
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("plan_id", sa.String(), nullable=False),
        sa.Column("environment_id", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("context_tokens", sa.Integer(), nullable=False),
        sa.Column("depth", sa.Float(), nullable=False),
        sa.Column("prompt_sha256", sa.String(), nullable=False),
        sa.Column("prompt_tokens", sa.Integer(), nullable=False),
        sa.Column("expected", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("correct", sa.Boolean(), nullable=False),
        sa.Column("finish_reason", sa.String(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("duration_ms", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["environment_id"], ["environment.id"], name=op.f("fk_trial_environment_id_environment")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_trial_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trial")),
    )
