"""`kb judge-bias`: the examination of a model that judges battles."""

from kb.cli.console import as_plain_text, err, print_json
from kb.cli.options import JsonFlag
from kb.settings import load_settings
from verifiers.battles.contest_plan import make_judge


def judge_bias(as_json: JsonFlag = False) -> None:
    """Examine the model that judges battles.

    KB_JUDGE_URL and KB_JUDGE_MODEL name the model. The exit status is 1 if the model fails the
    examination.
    """
    judge, figures = make_judge(load_settings(), "model")
    err.print(as_plain_text(f"accepted: {judge.label}"), soft_wrap=True)
    for figure in figures:
        err.print(as_plain_text(f"  {figure}"), soft_wrap=True)
    if as_json:
        print_json([vars(figure) for figure in figures])
