"""`kb run`: all stages in one command, with the dashboard beside them if wanted."""

from pathlib import Path
from typing import Annotated

import typer

from kb.cli.claim_table import print_all_claims
from kb.cli.commands.pipeline.init import run_init
from kb.cli.commands.pipeline.judge import describe_judging, run_judge
from kb.cli.commands.pipeline.link import run_link
from kb.cli.commands.pipeline.load import describe_load, run_load, tell_unnoted
from kb.cli.commands.pipeline.publish import find_encoder, run_publish
from kb.cli.console import as_plain_text, err
from kb.cli.republishing import Republisher
from kb.cli.steps import find_step
from kb.domain.encoding import NamedEncoder
from kb.settings import Settings, load_settings


def run(
    records: Annotated[Path, typer.Option(help="Folder of record files.")] = Path("records"),
    max_minutes: Annotated[
        float | None, typer.Option(help="Stop testing after this long; run again to continue.")
    ] = None,
    profile: Annotated[str, typer.Option(help="quick (minutes) or full (hours).")] = "quick",
    serve: Annotated[
        bool, typer.Option("--serve", help="Open the dashboard first; results appear in it.")
    ] = False,
    port: Annotated[
        int, typer.Option(help="With --serve: port on 127.0.0.1.", min=1, max=65535)
    ] = 8501,
    no_open: Annotated[
        bool, typer.Option("--no-open", help="With --serve: don't open a browser.")
    ] = False,
) -> None:
    """Run all stages from init to publish, then list the claims.

    With --serve, the dashboard opens as soon as the records are published. Tests then run while
    you read, and every result is judged and published when it arrives. The dashboard stays until
    you press Ctrl-C, which also stops a test under way; run the same command to continue.

    Example: kb run --serve --port 8600
    """
    settings = load_settings()
    run_init(settings)
    loaded = run_load(settings, records)
    err.print(f"load: {describe_load(loaded)}")
    tell_unnoted(loaded)
    encoder = find_encoder()
    if not serve:
        _test(settings, max_minutes, profile, None)
        _finish(settings, encoder)
        return
    _publish_now(settings, encoder)
    with find_step("dashboard")(port, opens_browser=not no_open) as dashboard:
        err.print(f"dashboard: {dashboard.address} (Ctrl-C stops it); testing goes on here")
        with Republisher(lambda: _publish_now(settings, encoder)) as republisher:
            _test(settings, max_minutes, profile, republisher)
        _finish(settings, encoder)
        err.print(f"done; the dashboard stays at {dashboard.address} until you press Ctrl-C")
        dashboard.wait()


def _test(
    settings: Settings, max_minutes: float | None, profile: str, republisher: Republisher | None
) -> None:
    """Find the releases on this machine, and test the claims about them."""

    def on_result(title: str) -> None:
        err.print(as_plain_text(f"measured: {title}"), soft_wrap=True)
        if republisher is not None:
            republisher.request()

    find_step("crawl")(settings)
    run_link(settings)
    if republisher is not None:
        republisher.request()
    find_step("verify")(settings, max_minutes=max_minutes, profile=profile, on_result=on_result)


def _publish_now(settings: Settings, encoder: NamedEncoder | None) -> None:
    """Judge and publish without a progress bar of its own, since another may be on the screen."""
    judged = run_judge(settings)
    published = run_publish(settings, encoder, shows_progress=False)
    if published.is_new:
        err.print(f"{describe_judging(judged)}; published")


def _finish(settings: Settings, encoder: NamedEncoder | None) -> None:
    err.print(describe_judging(run_judge(settings)))
    published = run_publish(settings, encoder)
    print_all_claims(settings)
    err.print(f"published: {published.file}")
