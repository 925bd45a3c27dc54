"""`kb run`: all stages in one command."""

from pathlib import Path
from typing import Annotated

import typer

from kb.cli.claim_table import print_all_claims
from kb.cli.commands.pipeline.init import run_init
from kb.cli.commands.pipeline.judge import describe_judging, run_judge
from kb.cli.commands.pipeline.link import run_link
from kb.cli.commands.pipeline.load import describe_load, run_load
from kb.cli.commands.pipeline.publish import find_encoder, run_publish
from kb.cli.console import err
from kb.cli.steps import find_step
from kb.settings import load_settings


def run(
    records: Annotated[Path, typer.Option(help="Folder of record files.")] = Path("records"),
    max_minutes: Annotated[
        float | None, typer.Option(help="Stop testing after this long; run again to continue.")
    ] = None,
    profile: Annotated[str, typer.Option(help="quick (minutes) or full (hours).")] = "quick",
) -> None:
    """Run all stages from init to publish, then list the claims."""
    settings = load_settings()
    run_init(settings)
    err.print(f"load: {describe_load(run_load(settings, records))}")
    find_step("crawl")(settings)
    run_link(settings)
    find_step("verify")(settings, max_minutes=max_minutes, profile=profile)
    err.print(describe_judging(run_judge(settings)))
    published = run_publish(settings, find_encoder())
    print_all_claims(settings)
    err.print(f"published: {published.file}")
