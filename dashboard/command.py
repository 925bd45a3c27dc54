"""`kb dashboard`: the pages, served on this machine."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from dashboard.theme import make_theme_options
from kb.cli.console import err
from kb.domain.errors import UserError
from kb.settings import load_settings

ADDRESS = "127.0.0.1"
_APP = Path(__file__).parent / "entry" / "as_claimed.py"


def dashboard(
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1.", min=1, max=65535)] = 8501,
    no_open: Annotated[bool, typer.Option("--no-open", help="Don't open a browser.")] = False,
) -> None:
    """Serve the dashboard on this machine.

    It listens on 127.0.0.1 only. A new edition appears without a restart.
    """
    link = load_settings().home / "published.duckdb"
    if not link.exists():
        raise UserError(f"nothing is published at {link} yet; run `kb run` or `kb publish` first")
    words = make_command_line(port, opens_browser=not no_open)
    err.print(f"dashboard: http://{ADDRESS}:{port} (Ctrl-C stops it)")
    sys.stdout.flush()
    # Streamlit takes this process's place: Ctrl-C and a kill reach it, and nothing stays behind.
    os.execv(words[0], words)  # noqa: S606


def make_command_line(port: int, *, opens_browser: bool) -> list[str]:
    """Return the words that start Streamlit: loopback only, nothing sent home, no watching."""
    options = {
        "server.address": ADDRESS,
        "server.port": str(port),
        "server.headless": "false" if opens_browser else "true",
        "server.fileWatcherType": "none",
        "server.showEmailPrompt": "false",
        "logger.hideWelcomeMessage": "true",  # with it goes an offer that is none for readers
        "browser.gatherUsageStats": "false",
        "client.toolbarMode": "minimal",
        "client.showErrorDetails": "none",
        **make_theme_options(),
    }
    flags = [f"--{name}={value}" for name, value in options.items()]
    return [sys.executable, "-m", "streamlit", "run", str(_APP), *flags]
