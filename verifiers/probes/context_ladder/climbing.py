"""What a plan asks for: lengths and budget, the climb that follows, and the text of an item."""

from collections.abc import Mapping, Sequence

from kb.domain.errors import UserError
from kb.domain.results import EngineQuestion
from verifiers.scoring import recall
from verifiers.scoring.length_rules import RULES, TASKS, NamedRule, check_scores
from verifiers.sequential.climb import Climb, ClimbTerms, LengthRule, Round
from verifiers.sequential.ladder import Mode
from verifiers.tasks.catalogue import BY_NAME, NON_LEXICAL_NEEDLE, ROUND
from verifiers.tasks.filling import Encode, fill

NAME = "context_ladder"
VERSION = 1
_TASKS = sorted((*ROUND, NON_LEXICAL_NEEDLE), key=lambda task: -task.answer_tokens)
GRID_ROUNDS = 500  # of each task at each length, as the published grid asks
_SHORTEST, _SHORTEST_OF_LONG, _LONG = 512, 4096, 65_536
_BUDGETS = {"quick": 60_000, "full": None}  # tokens; None: the whole grid
_QUICK_CLAIM, _QUICK_CAP = 8192, 2048
Scores = Mapping[str, float]  # item → score


def make_parameters(
    claimed_tokens: int,
    profile: str,
    mode: Mode = Mode.ANYTIME,
    alpha: float = 0.05,
    budget_tokens: int | None = None,
) -> dict[str, object]:
    """Return what to ask for a claim of `claimed_tokens`.

    `lengths` count prompt and answer together. `budget_tokens` bounds what is asked in all; by
    default the quick profile asks little, and the full one as much as it takes.
    """
    lengths = _list_lengths(claimed_tokens)
    if profile == "quick" and claimed_tokens > _QUICK_CLAIM:
        lengths = [length for length in lengths if length <= _QUICK_CAP]
    grid = GRID_ROUNDS * len(_TASKS) * sum(lengths)
    return {
        "claimed_tokens": claimed_tokens,
        "lengths": lengths,
        "budget_tokens": budget_tokens or _BUDGETS[profile] or grid,
        "most_rounds": GRID_ROUNDS,
        "mode": mode.value,
        "alpha": alpha,
        "tasks": TASKS,
        "scorer": recall.NAME,
        "rules": {rule.kind: rule.threshold for rule in RULES},
        "profile": profile,
    }


def _list_lengths(claimed_tokens: int) -> list[int]:
    shortest = _SHORTEST if claimed_tokens <= _LONG else _SHORTEST_OF_LONG
    lengths = [claimed_tokens]
    while lengths[0] // 2 >= shortest:
        lengths.insert(0, lengths[0] // 2)
    return lengths


def make_climb(parameters: Mapping[str, object], window_tokens: int) -> Climb:
    """Return the climb that a plan describes, up to the window that is served."""
    lengths = parameters["lengths"]
    assert isinstance(lengths, list)
    if window_tokens < lengths[0]:
        raise UserError(
            f"a window of {window_tokens:,} tokens is served, the shortest length is "
            f"{lengths[0]:,}; nothing can be asked"
        )
    rules = [_make_rule(rule, parameters) for rule in RULES]
    terms = ClimbTerms(
        lengths=tuple(length for length in lengths if length <= window_tokens),
        questions=len(_TASKS),
        budget_tokens=int(str(parameters["budget_tokens"])),
        most_rounds=int(str(parameters["most_rounds"])),
        mode=Mode(str(parameters["mode"])),
        alpha=float(str(parameters["alpha"])),
    )
    return Climb(terms, rules)


def _make_rule(rule: NamedRule, parameters: Mapping[str, object]) -> LengthRule:
    check_scores(rule, str(parameters["tasks"]), str(parameters["scorer"]))
    if rule.kind == "relative":
        return LengthRule(rule.kind, share=rule.threshold)
    return LengthRule(rule.kind, constant=rule.threshold)


def list_items(rounds: Sequence[Round]) -> list[str]:
    """Return the items of rounds, those with long prompts and answers first.

    Then the last to be answered are short, and an engine is busy to the end.
    """
    ordered = sorted(rounds, key=lambda asked: (-asked[0], asked[1]))
    return [f"{length}/{number}/{task.name}" for length, number in ordered for task in _TASKS]


def make_question(item: str, seed: int, encode: Encode) -> EngineQuestion:
    """Make the text of an item; its prompt fills the length but for the answer."""
    length, number, name = item.split("/")
    task = BY_NAME[name]
    made = fill(task, f"{NAME}/{VERSION}/{seed}/{length}/{number}", int(length), encode)
    return EngineQuestion(
        item=item,
        task=name,
        prompt=made.prompt,
        max_tokens=task.answer_tokens,
        expected=made.text.expected,
        context_tokens=int(length),
        depth=made.text.depth,
    )


def list_round_scores(scores: Scores, asked: Round) -> list[float]:
    """Return a round's thirteen scores, in the order of the tasks."""
    return [scores[f"{asked[0]}/{asked[1]}/{task.name}"] for task in ROUND]
