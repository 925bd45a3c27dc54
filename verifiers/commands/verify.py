"""The subcommand `kb verify`."""

import time
from typing import Annotated

import typer

from kb.cli.console import as_plain_text, err, make_progress, print_json
from kb.domain.errors import UserError
from kb.settings import Settings, load_settings
from kb.store.database import open_session
from kb.store.home.run_log import finish_run, start_run
from verifiers.commands import battle, measure_memory
from verifiers.running.jobs import Effort, plan_jobs
from verifiers.running.runner import Runner
from verifiers.sequential.ladder import Mode
from verifiers.serving.engine_lock import hold_engine_lock
from verifiers.serving.listening import VerifyReport
from verifiers.serving.progress import make_listener

_PROFILES = ("quick", "full")


def register(app: typer.Typer) -> None:
    """Add this subcommand, and others that start the same engine."""
    app.command("verify")(verify_command)
    measure_memory.register(app)
    battle.register(app)


def verify_command(
    max_minutes: Annotated[
        float | None, typer.Option(min=0, help="Stop asking after this long; go on next time.")
    ] = None,
    profile: Annotated[
        str, typer.Option(help="quick: a few questions, minutes. full: up to the claim, hours.")
    ] = "quick",
    mode: Annotated[
        Mode,
        typer.Option(
            help="anytime: the error rate holds whatever the scores are. sprt: a ratio test, "
            "cheaper; its error rate holds for scores 2 points or more from the threshold."
        ),
    ] = Mode.ANYTIME,
    alpha: Annotated[
        float,
        typer.Option(min=0.0001, max=0.5, help="Error rate of a whole ladder, both rules."),
    ] = 0.05,
    budget_tokens: Annotated[
        int | None,
        typer.Option(min=1000, help="Ask at most so many tokens a claim; then say what is open."),
    ] = None,
    claim: Annotated[
        list[str] | None, typer.Option(help="Only this claim, by id or seed; may be repeated.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Test the claims about releases whose weights are on this machine, on those weights.

    Starts a vLLM server of its own (KB_ENGINE_PYTHON names a Python that has vLLM, if this one
    has not), or uses the one at KB_ENGINE_URL. Every answer is stored as it comes; after a stop
    or a crash the same command goes on where it was.

    A claim about context length is tested in two ways: the longest prompt that the engine accepts
    on this machine, and the longest that the weights still use, by two rules (a mean score of
    85.6% over thirteen tasks; 85% of the model's own score on the shortest texts).
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
) -> VerifyReport:
    """Plan, measure, show progress, and tell what came of it."""
    if profile not in _PROFILES:
        raise UserError(f"no profile {profile!r}; there are {', '.join(_PROFILES)}")
    effort = Effort(profile, mode, alpha, budget_tokens)
    deadline = None if max_minutes is None else time.monotonic() + max_minutes * 60
    with hold_engine_lock(settings.home), open_session(settings.url) as session:
        run = start_run(settings.runs, "verify")
        try:
            with make_progress() as progress:
                runner = Runner(session, settings, make_listener(progress, "verify"), deadline)
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
        f"verify: {report.measured} plans carried out, {report.reused} on record already, "
        f"{report.questions} questions asked"
    )
    for words in report.left_out:
        err.print(as_plain_text(f"  left out: {words}"), soft_wrap=True)
