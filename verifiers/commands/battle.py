"""The subcommands `kb battle`, `kb judge-bias`, `kb export-battles`, `kb rescore-battles`."""

import time
from pathlib import Path
from typing import Annotated

import typer

from kb.cli.console import as_plain_text, err, make_progress, print_json
from kb.domain.errors import UserError
from kb.settings import Settings, load_settings
from kb.store.database import open_session
from kb.store.files import write_atomically
from kb.store.home.run_log import finish_run, start_run
from verifiers.battles.battle_files import parse_battles, read_battle_rows, write_battles
from verifiers.battles.contest_plan import Planned, Wish, make_judge, plan_contest
from verifiers.battles.contest_run import ContestReport, ContestRun
from verifiers.battles.prompts import MOST
from verifiers.battles.rescoring import rescore
from verifiers.battles.standings import make_standings
from verifiers.serving.asking import OutOfTimeError
from verifiers.serving.engine_lock import hold_engine_lock
from verifiers.serving.progress import make_listener
from verifiers.serving.session import EngineSession


def register(app: typer.Typer) -> None:
    """Add these subcommands."""
    app.command("battle")(battle_command)
    app.command("judge-bias")(judge_bias_command)
    app.command("export-battles")(export_battles_command)
    app.command("rescore-battles")(rescore_battles_command)


def battle_command(
    challenger: Annotated[str, typer.Argument(help="Release that is rated, by model or id.")],
    against: Annotated[list[str], typer.Option(help="Release that it meets; may be repeated.")],
    prompts: Annotated[
        int, typer.Option(min=1, max=MOST, help="Ask at most so many prompts.")
    ] = 200,
    least: Annotated[int, typer.Option(min=1, help="Ask so many in any case.")] = 50,
    judge: Annotated[
        str, typer.Option(help="program: checks the answers. model: asks KB_JUDGE_MODEL.")
    ] = "program",
    claim: Annotated[str | None, typer.Option(help="Rating claim to test, by id or seed.")] = None,
    alpha: Annotated[float, typer.Option(min=0.0001, max=0.5, help="Error rate.")] = 0.05,
    max_minutes: Annotated[
        float | None, typer.Option(min=0, help="Stop asking after this long; go on next time.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Let released weights meet others on the same prompts, and rate them by who answers better.

    Starts a vLLM server for one release after the other. Every answer and every battle is stored
    as it comes; after a stop or a crash the same command goes on where it was. It ends as soon as
    the claimed rating is decided (or, without one, which of them is better).
    """
    wish = Wish(challenger, tuple(against), prompts, least, judge, claim, alpha)
    report = run_battle(load_settings(), wish, max_minutes)
    if as_json:
        print_json(vars(report))


def run_battle(settings: Settings, wish: Wish, max_minutes: float | None = None) -> ContestReport:
    """Plan and carry out a contest, show progress, and tell what came of it."""
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
                    session, planned.contest, planned.recipe, planned.judge, planned.stopping,
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
        contest.report.side = "no time left; run again to go on"
        return contest.report


def _tell(planned: Planned, report: ContestReport) -> None:
    err.print(
        f"battle: {report.battles} battles on {report.prompts} prompts, {report.undecided} without "
        f"a verdict, {report.asked} answers asked, {report.reused} on record already"
    )
    for each in report.results:
        words = f"  {each['metric']}: {each['value']:g} [{each['low']:g}, {each['high']:g}]"
        err.print(as_plain_text(f"{words} {each['unit']}, n {each['n']}"), soft_wrap=True)
    for note in dict.fromkeys(each["conditions"].get("note") for each in report.results):
        err.print(as_plain_text(f"  {note}" if note else None), soft_wrap=True)
    for figure in planned.figures:
        err.print(as_plain_text(f"  judge: {figure}"), soft_wrap=True)
    err.print(as_plain_text(f"  {report.side} (contest {planned.contest.id})"), soft_wrap=True)


def judge_bias_command(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Examine the model that KB_JUDGE_URL and KB_JUDGE_MODEL name; status 1 if it is refused."""
    judge, figures = make_judge(load_settings(), "model")
    err.print(as_plain_text(f"accepted: {judge.label}"), soft_wrap=True)
    for figure in figures:
        err.print(as_plain_text(f"  {figure}"), soft_wrap=True)
    if as_json:
        print_json([vars(figure) for figure in figures])


def export_battles_command(
    path: Annotated[Path, typer.Argument(help="The file to write (JSON Lines).")],
    contest: Annotated[str | None, typer.Option(help="Only this contest.")] = None,
) -> None:
    """Write battles with both answers, one a line, so that anybody can judge them again."""
    with open_session(load_settings().url) as session:
        rows = list(read_battle_rows(session, contest))
    if not rows:
        raise UserError("no battle is on record; `kb battle` fights some")
    write_atomically(path, write_battles(rows).encode())
    err.print(as_plain_text(f"written: {path} ({len(rows)} battles)"), soft_wrap=True)


def rescore_battles_command(
    path: Annotated[Path, typer.Argument(help="A file of battles.", exists=True)],
    style: Annotated[
        bool, typer.Option("--style", help="Rate at equal length and Markdown.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the standings as JSON.")] = False,
) -> None:
    """Judge exported battles again, without weights or engine; status 1 if any comes out otherwise.

    A program judges the answers afresh; of a model's verdicts the words are read again. Then it
    rates all models in the file against each other, around 1000, with their ranks and groups.
    """
    rows = parse_battles(path.read_bytes(), path.name)
    found = rescore(rows)
    mean = "none" if found.mean is None else f"{found.mean:.4f}"
    err.print(f"rescored: {found.battles} battles, mean score {mean}, {found.undecided} undecided")
    for words in found.differences:
        err.print(as_plain_text(f"  differs: {words}"), soft_wrap=True)
    standings = make_standings(rows, style)
    for each in standings:
        err.print(as_plain_text(f"  {each}"), soft_wrap=True)
    if as_json:
        print_json([vars(each) for each in standings])
    if found.differences:
        raise typer.Exit(1)
