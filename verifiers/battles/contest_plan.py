"""Plan a contest: from what somebody asks for to its setup, its judge and when it stops."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from kb.domain.errors import UserError
from kb.settings import Settings
from kb.stages.battle import insert_contest
from kb.tables import Contest
from verifiers.battles import prompts as prompt_set
from verifiers.battles.answering import Limits
from verifiers.battles.bias import Figure, check_bias, make_bias_results, measure_bias
from verifiers.battles.contest_results import ContestTerms
from verifiers.battles.contest_run import ContestSetup
from verifiers.battles.decided import Judge
from verifiers.battles.entrants import Entrant, find_claim, find_entrant
from verifiers.battles.model_judge import ModelJudge
from verifiers.battles.program_judge import ProgramJudge
from verifiers.battles.stopping import Stopping, compute_expected
from verifiers.engines.chat_server import ChatServer

SEED = 20250405
_MAIN_BOARD = "LMArena"
_MOST_TOKENS = 96
_WINDOW_TOKENS = 1024


@dataclass(frozen=True)
class Wish:
    """What is asked for: names of releases, prompts at most and at least, judge, claim."""

    challenger: str
    opponents: tuple[str, ...]
    most_prompts: int
    least_prompts: int
    judge: str
    claim: str | None = None
    alpha: float = 0.05


@dataclass(frozen=True)
class Planned:
    """A contest with all it takes to carry it out."""

    contest: Contest
    setup: ContestSetup
    judge: Judge
    stopping: Stopping
    terms: ContestTerms
    figures: tuple[Figure, ...]


def plan_contest(
    session: Session, settings: Settings, wish: Wish, is_over: Callable[[], bool]
) -> Planned:
    """Insert the contest that is asked for, and return it with its judge, which was examined.

    Raises UserError for names that don't lead to weights, BiasedJudgeError for a biased judge.
    """
    challenger = find_entrant(session, settings, wish.challenger)
    claim = find_claim(session, challenger.release.model_id, wish.claim)
    board = str((claim.conditions.get("board") if claim else None) or _MAIN_BOARD)
    opponents = tuple(find_entrant(session, settings, name, board) for name in wish.opponents)
    _check_entrants(challenger, opponents)
    judge, figures = make_judge(settings, wish.judge)
    anchors = {opponent.name: opponent.points for opponent in opponents}
    tested = claim if claim and all(opponent.points is not None for opponent in opponents) else None
    parameters = _make_parameters(wish, opponents, board)
    contest = insert_contest(
        session, challenger.release.id, tested.id if tested else None, judge.label, parameters, SEED
    )
    expected = compute_expected(anchors, tested.claimed_value if tested else None)
    return Planned(
        contest,
        ContestSetup(
            challenger,
            opponents,
            tuple(prompt_set.make_prompts(SEED, wish.most_prompts)),
            Limits(_MOST_TOKENS, _WINDOW_TOKENS, is_over),
        ),
        judge,
        Stopping(expected, wish.least_prompts, wish.alpha),
        ContestTerms(
            challenger.name,
            anchors,
            board,
            judge.label,
            prompt_set.NAME,
            wish.alpha,
            tuple(make_bias_results(figures, judge.label)),
        ),
        tuple(figures),
    )


def _check_entrants(challenger: Entrant, opponents: Sequence[Entrant]) -> None:
    ids = [entrant.release.id for entrant in (challenger, *opponents)]
    if not opponents or len(set(ids)) != len(ids):
        raise UserError("a contest needs at least one opponent, and each release once")


def _make_parameters(wish: Wish, opponents: Sequence[Entrant], board: str) -> dict[str, object]:
    return {
        "opponents": {opponent.release.id: opponent.points for opponent in opponents},
        "board": board,
        "prompts": prompt_set.NAME,
        "most_prompts": wish.most_prompts,
        "least_prompts": wish.least_prompts,
        "most_tokens": _MOST_TOKENS,
        "alpha": wish.alpha,
    }


def make_judge(settings: Settings, kind: str) -> tuple[Judge, list[Figure]]:
    """Return the judge and, for a model, the figures of its examination.

    Raises BiasedJudgeError for one that failed it, UserError where the settings name none.
    """
    if kind == "program":
        return ProgramJudge(), []
    if kind != "model":
        raise UserError(f"no judge {kind!r}; there are program, model")
    if not (settings.judge_url and settings.judge_model):
        raise UserError("set KB_JUDGE_URL and KB_JUDGE_MODEL to the server and model that judge")
    key = settings.judge_key.get_secret_value() if settings.judge_key else None
    judge = ModelJudge(ChatServer(settings.judge_url, settings.judge_model, key).ask,
                       settings.judge_model)  # fmt: skip
    figures = measure_bias(judge.say)
    check_bias(figures)
    return judge, figures
