"""Settings: the only reader of the environment."""

import os
import re
from pathlib import Path

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from kb.domain.errors import UserError


class CrawlLimits(BaseSettings):
    """How politely and how far a crawl goes; each field is a variable KB_CRAWL_*."""

    model_config = SettingsConfigDict(env_prefix="KB_CRAWL_", extra="ignore")

    delay_s: float = Field(1.0, ge=0, le=3600, description="Least time between two asks of a host.")
    concurrency: int = Field(8, ge=1, le=64, description="Requests to one host at a time.")
    max_bytes: int = Field(20_000_000, ge=1, description="Largest page, packed and unpacked.")
    page_s: float = Field(60, gt=0, description="Longest time for one page.")
    max_redirects: int = Field(5, ge=0, le=50, description="Redirects followed in a row.")
    max_depth: int = Field(5, ge=1, description="Links followed in a row from a start page.")
    max_pages: int = Field(5000, ge=1, description="Documents asked of one host in a run.")
    max_minutes: float = Field(120, gt=0, description="Longest run; the next goes on.")
    retry_after_s: float = Field(300, ge=0, description="Longest wait that a host may ask for.")


class ProposalLimits(BaseSettings):
    """How much strangers may put into the queue; each field is a variable KB_PROPOSALS_*."""

    model_config = SettingsConfigDict(env_prefix="KB_PROPOSALS_", extra="ignore")

    of_one: int = Field(5, ge=1, description="Proposals of one reader in a row.")
    of_one_refill_s: float = Field(600, gt=0, description="After so long one reader has one more.")
    of_all: int = Field(60, ge=1, description="Proposals of all readers in a row.")
    of_all_refill_s: float = Field(60, gt=0, description="After so long all readers have one more.")
    max_files: int = Field(1000, ge=1, description="Proposals that may wait for review.")
    max_bytes: int = Field(10_000_000, ge=1, description="Bytes that those may have together.")
    least_s: float = Field(3, ge=0, description="Nobody fills in the form faster.")


def _read_source_urls() -> dict[str, str]:
    """All variables KB_<NAME>_URL, since which hosts there are is known to the sources alone."""
    names = (re.fullmatch(r"KB_(\w+)_URL", variable) for variable in os.environ)
    return {name[1].lower(): os.environ[name[0]] for name in names if name}


class Settings(BaseSettings):
    """Where state lives and whom we talk to; each field is an environment variable KB_*."""

    model_config = SettingsConfigDict(env_prefix="KB_", extra="ignore")

    home: Path = Field(Path(".kb"), description="Folder that holds all state.")
    database_url: str | None = Field(None, description="SQLAlchemy URL of SQLite or PostgreSQL.")
    engine_python: str | None = Field(None, description="Python that has vLLM installed.")
    engine_url: str | None = Field(None, description="Address of a server that runs already.")
    engine_patience_s: float = Field(
        300, gt=0, description="Wait so long for an answer, and longer the more is under way."
    )
    judge_url: str | None = Field(None, description="OpenAI-compatible server that judges battles.")
    judge_model: str | None = Field(None, description="The model asked there.")
    judge_key: SecretStr | None = Field(None, description="Its bearer token, if it wants one.")
    source_urls: dict[str, str] = Field(
        default_factory=_read_source_urls,
        description="Copies of hosts that sources declare, by name: KB_<NAME>_URL, as KB_HUB_URL.",
    )
    contact: str = Field(
        "https://github.com/as-claimed/as-claimed", description="Contact in the crawler's name."
    )
    public_url: str | None = Field(
        None, pattern=r"^https?://[^\s/]+(/[^\s]*)?$",
        description="Where readers find the dashboard; citations and pictures carry it.",
    )  # fmt: skip
    allow_loopback: bool = Field(
        False, description="Crawl this machine's own servers too, like a mirror of a site."
    )
    loopback_ports: list[int] = Field(
        default_factory=list, description="With allow_loopback: only these ports (JSON list)."
    )
    editor_token: SecretStr | None = Field(
        None, description="Who knows it may decide on the dashboard what machines read rightly."
    )
    crawl: CrawlLimits = Field(default_factory=CrawlLimits)
    proposals: ProposalLimits = Field(default_factory=ProposalLimits)

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
    def queue(self) -> Path:
        """Folder of what readers propose; outside the base."""
        return self.home / "proposals"

    @property
    def editor_queue(self) -> Path:
        """Folder of what an editor decided on the dashboard; outside the base."""
        return self.home / "decisions"

    @property
    def published(self) -> Path:
        """Folder of the published files."""
        return self.home / "published"


_PREFIXES = {
    limits.__name__: str(limits.model_config["env_prefix"])
    for limits in (CrawlLimits, ProposalLimits)
}


def load_settings() -> Settings:
    """Read the settings afresh; nothing is read at import.

    Raises UserError for a variable with a bad value.
    """
    try:
        return Settings()
    except ValidationError as error:
        prefix = _PREFIXES.get(error.title, "KB_")
        raise UserError(
            "\n".join(
                f"{prefix}{'_'.join(map(str, problem['loc'])).upper()}: {problem['msg']}"
                for problem in error.errors()
            )
        ) from None
