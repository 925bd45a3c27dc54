"""`kb init`: the database at the current version."""

from kb.cli.console import err
from kb.settings import Settings, load_settings
from kb.store.migrating import upgrade


def init() -> None:
    """Create the database, or bring it up to date."""
    settings = load_settings()
    run_init(settings)
    err.print(f"database ready: {settings.home}" if not settings.database_url else "database ready")


def run_init(settings: Settings) -> None:
    """Upgrade the database to the newest revision."""
    settings.home.mkdir(parents=True, exist_ok=True)
    upgrade(settings.url)
