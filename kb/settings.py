"""Settings: the only reader of the environment."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Where state lives and whom we talk to; each field is an environment variable KB_*."""

    model_config = SettingsConfigDict(env_prefix="KB_", extra="ignore")

    home: Path = Field(Path(".kb"), description="Folder that holds all state.")
    database_url: str | None = Field(None, description="SQLAlchemy URL of SQLite or PostgreSQL.")
    engine_python: str | None = Field(None, description="Python that has vLLM installed.")
    engine_url: str | None = Field(None, description="Address of a server that runs already.")
    hub_url: str = Field("https://huggingface.co", description="Hugging Face Hub, or a copy.")
    contact: str = Field(
        "https://github.com/as-claimed/as-claimed", description="Contact in the crawler's name."
    )

    @property
    def url(self) -> str:
        """SQLAlchemy URL of the database."""
        return self.database_url or f"sqlite:///{self.home.resolve() / 'kb.sqlite'}"

    @property
    def archive(self) -> Path:
        """Folder of the WARC files."""
        return self.home / "archive"

    @property
    def runs(self) -> Path:
        """Folder of run logs."""
        return self.home / "runs"

    @property
    def published(self) -> Path:
        """Folder of the published files."""
        return self.home / "published"


def load_settings() -> Settings:
    """Read the settings afresh; nothing is read at import."""
    return Settings()
