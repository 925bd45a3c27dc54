"""Plans, the environments they ran in, every answer a model gave, and the results."""

from datetime import datetime

from sqlalchemy import JSON, Column
from sqlmodel import Field

from kb.tables.base import JSON_COLUMN, JsonObject, Table, UtcDateTime


class Plan(Table, table=True):
    """What a probe will do for one claim and one release. Written by the plan stage."""

    id: str = Field(primary_key=True, description="Made from all its other columns.")
    claim_id: str = Field(foreign_key="claim.id", index=True, description="The claim tested.")
    release_id: str = Field(
        foreign_key="release.id", index=True, description="What it is tested on."
    )
    probe: str = Field(description="Name of the probe.")
    probe_version: int = Field(description="Version of the probe.")
    parameters: JsonObject = Field(
        default_factory=dict, sa_type=JSON_COLUMN, description="Everything the probe was given."
    )
    seed: int = Field(description="Seed of everything random.")


class Environment(Table, table=True):
    """Engine, machine and weights under which a measurement was made.

    Written by the measure stage.
    """

    id: str = Field(primary_key=True, description="Made from all its other columns.")
    engine: str = Field(description="Engine that served the weights.")
    engine_version: str | None = Field(default=None, description="Its version.")
    hardware: str = Field(description="Processor or GPU, cores, memory.")
    dtype: str | None = Field(default=None, description="Number format it computed in.")
    served_window_tokens: int | None = Field(
        default=None, description="Context limit that was set."
    )
    weights_sha256: str | None = Field(default=None, description="Digest of the served weights.")
    template_sha256: str | None = Field(default=None, description="Digest of the chat template.")
    settings: JsonObject = Field(
        default_factory=dict, sa_type=JSON_COLUMN, description="Other settings and versions."
    )


class Trial(Table, table=True):
    """One question put to the served model, and its raw answer. Written by the measure stage."""

    id: str = Field(primary_key=True, description="Made from plan and question.")
    plan_id: str = Field(foreign_key="plan.id", index=True, description="The plan it is part of.")
    environment_id: str = Field(
        foreign_key="environment.id", description="Engine and machine that answered."
    )
    item: str = Field(description="Which question of the plan.")
    task: str = Field(description="What kind of question it is.")
    context_tokens: int | None = Field(
        default=None,
        description="Length aimed at, prompt and answer, in tokens; empty if none was.",
    )
    depth: float | None = Field(
        default=None,
        description="Place of the answer in the text, 0 start to 1 end; empty if in several.",
    )
    prompt_sha256: str = Field(description="Digest of the prompt's token ids.")
    prompt_tokens: int = Field(description="Prompt length, counted by us and by the server.")
    expected: list[str] | None = Field(
        default=None,
        sa_column=Column(JSON(none_as_null=True), nullable=True),
        description="What a correct answer contains; empty if no single answer is correct.",
    )
    answer: str = Field(description="The raw answer.")
    scorer: str = Field(description="How it was scored, as name/version.")
    score: float = Field(description="Score of the answer, 0 to 1; the scorer says what it means.")
    finish_reason: str | None = Field(default=None, description="Why the server stopped.")
    asked_at: datetime = Field(sa_type=UtcDateTime, description="When it was asked, UTC.")
    duration_ms: int = Field(description="How long the answer took.")


class Measurement(Table, table=True):
    """One result: measured here, read from a release, or reported by somebody else.

    Written by the measure stage (with a plan) and by the load stage (with a source).
    """

    id: str = Field(primary_key=True, description="Made from its parents and what was measured.")
    model_id: str = Field(foreign_key="model.id", index=True, description="The model measured.")
    release_id: str | None = Field(
        default=None, foreign_key="release.id", description="The release measured."
    )
    plan_id: str | None = Field(
        default=None, foreign_key="plan.id", index=True, description="The plan, if we measured it."
    )
    environment_id: str | None = Field(
        default=None,
        foreign_key="environment.id",
        description="Engine and machine, if we measured it.",
    )
    source_id: str | None = Field(
        default=None,
        foreign_key="source.id",
        description="Where it was reported, if others measured it.",
    )
    basis: str = Field(
        index=True,
        description="measured_here, read_from_release, reported_by_others, computed or "
        "stated_by_vendor.",
    )
    evidence: str | None = Field(
        default=None,
        description="What sort of evidence, if not ours: run, declared, arithmetic, document or "
        "report.",
    )
    metric: str = Field(index=True, description="What was measured.")
    value: float | None = Field(default=None, description="The result.")
    low: float | None = Field(default=None, description="Lower end of its interval.")
    high: float | None = Field(default=None, description="Upper end of its interval.")
    text: str | None = Field(default=None, description="The result, when it is not a number.")
    unit: str | None = Field(default=None, description="Unit of value, low and high.")
    n: int | None = Field(default=None, description="Number of trials or votes behind it.")
    n_unit: str | None = Field(default=None, description="What n counts.")
    rank: int | None = Field(default=None, description="Rank on a leaderboard.")
    conditions: JsonObject = Field(
        default_factory=dict, sa_type=JSON_COLUMN, description="The conditions it holds under."
    )
    reported_by: str | None = Field(default=None, description="Who reported it, if not us.")
    as_of: str | None = Field(
        default=None, description="Day, month or year for which it holds, in ISO form."
    )
    locator: str | None = Field(default=None, description="Where in the source it appears.")
    snapshot_id: str | None = Field(
        default=None, description="The snapshot in which a machine first read it."
    )
    quote: str | None = Field(default=None, description="The words that a machine read.")
    quote_start: int | None = Field(default=None, description="Offset of the quote, in characters.")
    quote_end: int | None = Field(
        default=None, description="Offset of the end of the quote, in characters."
    )
    extractor: str | None = Field(default=None, description="Which machine read it, if one did.")
    words_key: str | None = Field(
        default=None, index=True, description="Made from source, quote and words around it."
    )
    measured_at: datetime | None = Field(
        default=None, sa_type=UtcDateTime, description="When we measured it, UTC."
    )
