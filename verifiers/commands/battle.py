"""`kb battle`: released weights against each other, on the same prompts."""

import time
from typing import Annotated

import typer

from kb.cli.console import as_plain_text, err, make_progress, print_json
from kb.cli.options import JsonFlag
from kb.settings import Settings, load_settings
from kb.store.database import open_session
from kb.store.home.run_log import finish_run, start_run
from kb.text.counting import count_things
from verifiers.battles.contest_plan import Planned, Wish, plan_contest
from verifiers.battles.contest_run import ContestReport, ContestRun
from verifiers.battles.prompts import MOST
from verifiers.serving.asking import OutOfTimeError
from verifiers.serving.engine_lock import hold_engine_lock
from verifiers.serving.progress import make_listener
from verifiers.serving.session import EngineSession


def battle(
    challenger: Annotated[str, typer.Argument(help="The release to rate, by model or id.")],
    against: Annotated[list[str], typer.Option(help="A release for it to meet; may be repeated.")],
    prompts: Annotated[int, typer.Option(min=1, max=MOST, help="The most prompts to send.")] = 200,
    least: Annotated[int, typer.Option(min=1, help="The fewest prompts to send.")] = 50,
    judge: Annotated[
        str, typer.Option(help="program: checks answers. model: asks KB_JUDGE_MODEL.")
    ] = "program",
    claim: Annotated[
        str | None, typer.Option(help="Rating claim to test, by id or number in the founding list.")
    ] = None,
    alpha: Annotated[float, typer.Option(min=0.0001, max=0.5, help="Error rate.")] = 0.05,
    max_minutes: Annotated[
        float | None,
        typer.Option(min=0, help="Stop after this long; run again to continue."),
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Pit releases against each other on the same prompts.

    Each battle goes to the better answer, and the releases are rated by their battles.

    Starts a vLLM server for each release in turn. Every answer and every battle is stored
    as it arrives; after a stop or a crash, run the same command to continue. It ends as soon as
    it is clear whether the claimed rating holds or, without a claim, which release is better.
    """
    wish = Wish(challenger, tuple(against), prompts, least, judge, claim, alpha)
    report = run_battle(load_settings(), wish, max_minutes)
    if as_json:
        print_json(vars(report))


def run_battle(settings: Settings, wish: Wish, max_minutes: float | None = None) -> ContestReport:
    """Plan and run a contest, show progress, and print the result."""
    deadline = None if max_minutes is None else time.monotonic() + max_minutes * 60

    def is_over() -> bool:
        return deadline is not None and time.monotonic() > deadline

    with hold_engine_lock(settings.home), open_session(settings.url) as session:
        run = start_run(settings.runs, "battle")
        try:
            planned = plan_contest(session, settings, wish, is_over)
            with make_progress() as progress:
                listener = make_listener(progress, "battle")
                contest = ContestRun(
                    session, planned.contest, planned.setup, planned.judge, planned.stopping,
                    lambda local: EngineSession(settings, local, listener.say), listener,
                )  # fmt: skip
                report = _carry_out(contest, planned)
        except BaseException as error:
            finish_run(settings.runs, run, "failed", str(error) or type(error).__name__)
            raise
        run.done = {"questions": report.asked, "battles": report.battles}
        finish_run(settings.runs, run, "finished")
    _tell(planned, report)
    return report


def _carry_out(contest: ContestRun, planned: Planned) -> ContestReport:
    try:
        return contest.run(planned.terms)
    except OutOfTimeError:
        contest.report.side = "out of time; run again to continue"
        return contest.report


def _tell(planned: Planned, report: ContestReport) -> None:
    err.print(
        f"battle: {count_things(report.battles, 'battle')} on "
        f"{count_things(report.prompts, 'prompt')}, {report.undecided} without a verdict, "
        f"{count_things(report.asked, 'answer')} generated, {report.reused} on record already"
    )
    for result in report.results:
        words = f"  {result['metric']}: {result['value']:g} [{result['low']:g}, {result['high']:g}]"
        err.print(as_plain_text(f"{words} {result['unit']}, n={result['n']}"), soft_wrap=True)
    for note in dict.fromkeys(result["conditions"].get("note") for result in report.results):
        err.print(as_plain_text(f"  {note}" if note else None), soft_wrap=True)
    for figure in planned.figures:
        err.print(as_plain_text(f"  judge: {figure}"), soft_wrap=True)
    err.print(as_plain_text(f"  {report.side} (contest {planned.contest.id})"), soft_wrap=True)
