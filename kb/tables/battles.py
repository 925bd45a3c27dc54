"""Contests between releases: what each answered to the same prompts, and who won."""

from datetime import datetime

from sqlmodel import Field

from kb.tables.base import JSON_COLUMN, JsonObject, Table, UtcDateTime


class Contest(Table, table=True):
    """A plan: one release meets others on the same prompts. Written by the measure stage."""

    id: str = Field(primary_key=True, description="Made from all its other columns.")
    challenger_id: str = Field(
        foreign_key="release.id", index=True, description="The release that is rated."
    )
    claim_id: str | None = Field(
        default=None, foreign_key="claim.id", description="The rating claim it tests, if any."
    )
    judge: str = Field(
        description="Who decides, as name/version; if a model judges, with its name."
    )
    parameters: JsonObject = Field(
        default_factory=dict,
        sa_type=JSON_COLUMN,
        description="Opponents with the ratings they are anchored at, prompts, limits.",
    )
    seed: int = Field(description="Seed of the prompts.")


class Reply(Table, table=True):
    """A release's answer to a prompt, used in every contest on that prompt.

    Written by the measure stage.
    """

    id: str = Field(primary_key=True, description="Made from release, prompt and limit.")
    release_id: str = Field(foreign_key="release.id", index=True, description="Who answered.")
    environment_id: str = Field(
        foreign_key="environment.id", description="Engine and machine that answered."
    )
    item: str = Field(description="Which prompt: set/version/seed/number.")
    kind: str = Field(description="What kind of prompt it is.")
    prompt: str = Field(description="The prompt as people read it.")
    checks: list[str] = Field(sa_type=JSON_COLUMN, description="What a program checks.")
    most_tokens: int = Field(description="The most tokens an answer may have.")
    prompt_sha256: str = Field(description="Digest of the token ids that were sent.")
    prompt_tokens: int = Field(description="Prompt length, counted by us and by the server.")
    answer: str = Field(description="The raw answer.")
    finish_reason: str | None = Field(default=None, description="Why the server stopped.")
    asked_at: datetime = Field(sa_type=UtcDateTime, description="When it was asked, UTC.")
    duration_ms: int = Field(description="How long the answer took.")


class Battle(Table, table=True):
    """Two answers to one prompt, and how a judge decided. Written by the measure stage."""

    id: str = Field(primary_key=True, description="Made from contest and both answers.")
    contest_id: str = Field(
        foreign_key="contest.id", index=True, description="The contest it belongs to."
    )
    reply_id: str = Field(foreign_key="reply.id", description="The challenger's answer.")
    opponent_reply_id: str = Field(foreign_key="reply.id", description="The opponent's answer.")
    score: float | None = Field(
        default=None,
        description="Of the challenger: 1 won, 0.5 tied, 0 lost; empty if the judge gave none.",
    )
    verdicts: list[str] = Field(
        sa_type=JSON_COLUMN,
        description="What the judge said: challenger's answer first, then second; or the shares "
        "of checks that both passed.",
    )
    judged_at: datetime = Field(sa_type=UtcDateTime, description="When it was decided, UTC.")
