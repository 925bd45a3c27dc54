"""Models as their vendors name them, and what can be downloaded of them."""

from datetime import date

from sqlmodel import Field

from kb.tables.base import JSON_COLUMN, JsonObject, Table


class Model(Table, table=True):
    """A model as its vendor names it. Written by the load stage, or found by a crawl."""

    id: str = Field(primary_key=True, description="vendor/name, in slugs; a permanent address.")
    name: str = Field(index=True, description="Name in the vendor's spelling.")
    vendor: str = Field(index=True, description="Who makes it.")
    variant_of: str | None = Field(
        default=None, index=True, description="Id of the model or family it is a variant of."
    )
    availability: str = Field(description="released, announced, never_released …")
    availability_source_id: str | None = Field(
        default=None, foreign_key="source.id", description="Which source says so."
    )
    aliases: list[str] = Field(
        default_factory=list, sa_type=JSON_COLUMN, description="Other spellings of the name."
    )
    not_the_same_as: list[str] = Field(
        default_factory=list,
        sa_type=JSON_COLUMN,
        description="Names that look alike and are other models.",
    )
    note: str | None = Field(default=None, description="What a reader should know.")


class Release(Table, table=True):
    """A download, in one particular version. Written by the load and snapshot stages."""

    id: str = Field(primary_key=True, description="Made from model, repository and manifest.")
    model_id: str = Field(
        foreign_key="model.id", index=True, description="The model it belongs to."
    )
    repository: str = Field(description="Where it is published.")
    revision: str | None = Field(default=None, description="Commit or version.")
    manifest_sha256: str | None = Field(
        default=None, description="SHA-256 over the digests of its files."
    )
    format: str | None = Field(default=None, description="safetensors, gguf …")
    precision: str | None = Field(default=None, description="Number format of the weights.")
    published_on: date | None = Field(default=None, description="Day of publication.")
    source_id: str = Field(foreign_key="source.id", description="Which source shows it.")
    facts: JsonObject = Field(
        default_factory=dict,
        sa_type=JSON_COLUMN,
        description="What its own headers say: architecture, window, vocabulary, tokens.",
    )
