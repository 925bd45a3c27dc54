"""`kb doctor`: what this machine can do, and what to install where it cannot."""

import importlib.util
import os
import shutil
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil
import typer
from sqlalchemy.exc import SQLAlchemyError

from kb.cli.console import as_plain_text, out, print_json
from kb.cli.options import JsonFlag
from kb.domain.errors import UserError
from kb.settings import Settings, load_settings
from kb.store.database import check_version, make_engine


@dataclass(frozen=True)
class Check:
    """One thing that was checked."""

    name: str
    ok: bool
    found: str
    remedy: str = ""


def doctor(as_json: JsonFlag = False) -> None:
    """Say what this machine lacks and how to get it."""
    checks = list(run_checks(load_settings()))
    if as_json:
        print_json([asdict(check) for check in checks])
    else:
        for check in checks:
            mark = "ok     " if check.ok else "missing"
            words = f"{mark} {check.name}: {check.found}"
            out.print(as_plain_text(words + (f" → {check.remedy}" if not check.ok else "")))
    if not all(check.ok for check in checks):
        raise typer.Exit(1)


def run_checks(settings: Settings) -> Iterable[Check]:
    """Look at Python, engine, database, browser, memory and disk."""
    version = ".".join(map(str, sys.version_info[:3]))
    yield Check("python", sys.version_info >= (3, 11), version, "install Python 3.11 or newer")
    yield _check_engine(settings)
    yield _check_database(settings)
    chromium = next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    yield Check(
        "browser (for tests)", chromium is not None, chromium or "none",
        "install Chromium: apt-get install chromium",
    )  # fmt: skip
    memory = psutil.virtual_memory().total / 2**30
    yield Check("memory", memory >= 7, f"{memory:.0f} GiB, {os.cpu_count()} cores", "8 GiB needed")
    free = shutil.disk_usage(settings.home if settings.home.exists() else ".").free / 2**30
    yield Check("disk", free >= 5, f"{free:.0f} GiB free", "5 GiB needed")


def _check_engine(settings: Settings) -> Check:
    if settings.engine_url:
        return Check("engine", True, f"server at {settings.engine_url}")
    if settings.engine_python:
        found = shutil.which(settings.engine_python)
        return Check("engine", found is not None, settings.engine_python, "set KB_ENGINE_PYTHON")
    beside = Path(f"{sys.prefix}-engine") / "bin" / "python"
    there = importlib.util.find_spec("vllm") is not None or beside.exists()
    return Check("engine", there, "vLLM" if there else "none", "run `make setup`")


def _check_database(settings: Settings) -> Check:
    if not settings.database_url and not settings.home.exists():
        return Check("database", False, "none yet", "run `kb init`")
    try:
        engine = make_engine(settings.url)
        check_version(engine)
        engine.dispose()
    except (UserError, SQLAlchemyError, OSError) as error:
        first = str(error).splitlines()[0]
        return Check("database", False, first, "run `kb init`, or correct KB_DATABASE_URL")
    return Check("database", True, engine.dialect.name)
