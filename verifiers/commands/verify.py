"""`kb verify`: claims tested on released weights."""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Annotated

import typer

from kb.cli.console import as_plain_text, err, make_progress, print_json
from kb.cli.options import JsonFlag
from kb.domain.errors import UserError
from kb.settings import Settings, load_settings
from kb.store.database import open_session
from kb.store.home.run_log import finish_run, start_run
from kb.text.counting import count_things
from verifiers.probing.probe import Effort
from verifiers.running.jobs import plan_jobs
from verifiers.running.runner import Runner
from verifiers.sequential.ladder import Mode
from verifiers.serving.engine_lock import hold_engine_lock
from verifiers.serving.listening import VerifyReport
from verifiers.serving.progress import make_listener

_PROFILES = ("quick", "full")


def verify(
    max_minutes: Annotated[
        float | None,
        typer.Option(min=0, help="Stop after this long; run again to continue."),
    ] = None,
    profile: Annotated[
        str,
        typer.Option(help="quick: minutes. full: up to the claimed length, hours."),
    ] = "quick",
    mode: Annotated[
        Mode,
        typer.Option(
            help="anytime: the error rate holds whatever the scores. sprt: a cheaper ratio test "
            "whose error rate holds for scores at least 2 points from the threshold."
        ),
    ] = Mode.ANYTIME,
    alpha: Annotated[
        float,
        typer.Option(min=0.0001, max=0.5, help="Error rate of the test, both rules together."),
    ] = 0.05,
    budget_tokens: Annotated[
        int | None,
        typer.Option(
            min=1000, help="Token budget per claim; when it is spent, the test stops undecided."
        ),
    ] = None,
    claim: Annotated[
        list[str] | None,
        typer.Option(
            help="Only this claim, by id or number in the founding list; may be repeated."
        ),
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Test claims on the released weights found on this machine.

    Starts its own vLLM server, or uses the one at KB_ENGINE_URL. If this Python has no vLLM,
    KB_ENGINE_PYTHON names one that has. Every answer is stored as it arrives; after a stop or a
    crash, run the same command to continue.

    A claim about context length is tested in two ways: the longest prompt the engine accepts on
    this machine, and the effective context by two rules (a mean score of 85.6% over thirteen
    tasks; 85% of the model's own score at the shortest length).

    Example: kb verify --claim S01 --max-minutes 30
    """
    report = run_verify(
        load_settings(), max_minutes, profile, claim or [], mode, alpha, budget_tokens
    )
    if as_json:
        print_json(vars(report))
    if report.failed:
        raise typer.Exit(1)


def run_verify(
    settings: Settings,
    max_minutes: float | None = None,
    profile: str = "quick",
    only: list[str] | None = None,
    mode: Mode = Mode.ANYTIME,
    alpha: float = 0.05,
    budget_tokens: int | None = None,
    on_result: Callable[[str], None] = lambda title: None,
) -> VerifyReport:
    """Plan, measure, show progress, and print the result; `on_result` hears of each test done."""
    if profile not in _PROFILES:
        raise UserError(f"no profile {profile!r}; choose from {', '.join(_PROFILES)}")
    effort = Effort(profile, mode, alpha, budget_tokens)
    deadline = None if max_minutes is None else time.monotonic() + max_minutes * 60
    with hold_engine_lock(settings.home), open_session(settings.url) as session:
        run = start_run(settings.runs, "verify")
        try:
            with make_progress() as progress:
                listener = replace(make_listener(progress, "verify"), stored=on_result)
                runner = Runner(session, settings, listener, deadline)
                report = runner.run(plan_jobs(session, settings, effort, only or []))
        except BaseException as error:
            finish_run(settings.runs, run, "failed", str(error) or type(error).__name__)
            raise
        run.done = {"measured": report.measured, "questions": report.questions}
        run.left_out = report.left_out
        finish_run(settings.runs, run, "finished")
    _tell(report)
    return report


def _tell(report: VerifyReport) -> None:
    err.print(
        f"verify: {count_things(report.measured, 'test')} run, {report.reused} on record already, "
        f"{count_things(report.questions, 'question')} asked"
    )
    for words in report.left_out:
        err.print(as_plain_text(f"  left out: {words}"), soft_wrap=True)
