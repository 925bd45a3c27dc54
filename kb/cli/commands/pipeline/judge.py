"""`kb judge`: a verdict for every claim."""

from kb.cli.console import OUTCOME_STYLES, as_plain_text, err, out, print_json
from kb.cli.options import JsonFlag
from kb.settings import Settings, load_settings
from kb.stages.judge import JudgeReport, judge_claims
from kb.stages.take_decisions import take_decisions
from kb.store.database import open_session
from kb.text.counting import count_things


def judge(as_json: JsonFlag = False) -> None:
    """Judge every claim by the evidence on record.

    A verdict that has not changed is left as it is.
    """
    report = run_judge(load_settings())
    if as_json:
        print_json({**vars(report), "outcomes": dict(report.outcomes)})
        return
    for outcome, style in OUTCOME_STYLES.items():
        if report.outcomes[outcome]:
            out.print(f"{report.outcomes[outcome]:5} {outcome}", style=style)
    err.print(describe_judging(report))


def describe_judging(report: JudgeReport) -> str:
    """Return one line: how many claims were judged, and how many verdicts are new."""
    new = count_things(report.new_verdicts, "new verdict")
    return f"judge: {count_things(report.claims, 'claim')}, {new}"


def run_judge(settings: Settings) -> JudgeReport:
    """Take what editors decided on the dashboard, and judge all claims."""
    with open_session(settings.url) as session:
        taken = take_decisions(session, settings.editor_queue)
        for problem in taken.failed:
            told = f"judge: not taken from the dashboard: {problem}"
            err.print(as_plain_text(told, "yellow"), soft_wrap=True)
        return judge_claims(session)
