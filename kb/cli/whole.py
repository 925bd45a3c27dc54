"""The whole path in one command."""

from pathlib import Path
from typing import Annotated

import typer

from kb.cli.base import find_encoder, run_init, run_judge, run_load, run_publish
from kb.cli.console import err
from kb.cli.link import run_link
from kb.cli.look import print_all_claims
from kb.cli.steps import find_step
from kb.settings import load_settings


def register(app: typer.Typer) -> None:
    """Add this subcommand."""
    app.command("run")(run)


def run(
    records: Annotated[Path, typer.Option(help="Folder of record files.")] = Path("records"),
    max_minutes: Annotated[
        float | None, typer.Option(help="Stop testing after this long; go on next time.")
    ] = None,
    profile: Annotated[str, typer.Option(help="quick (minutes) or full (hours).")] = "quick",
) -> None:
    """Do everything: init, load, crawl, link, verify, judge, publish, and print what was found."""
    settings = load_settings()
    run_init(settings)
    report = run_load(settings, records)
    err.print(f"load: {report.claims} claims in {report.files} records")
    find_step("crawl")(settings)
    run_link(settings)
    find_step("verify")(settings, max_minutes=max_minutes, profile=profile)
    judged = run_judge(settings)
    err.print(f"judge: {judged.claims} claims, {judged.new_verdicts} new verdicts")
    published = run_publish(settings, find_encoder())
    print_all_claims(settings)
    err.print(f"published: {published.file}")
