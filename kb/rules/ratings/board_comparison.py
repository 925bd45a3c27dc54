"""The rule about comparisons on a leaderboard."""

import re

from kb.domain.outcomes import Outcome
from kb.rules.case import Case, Evidence
from kb.rules.ratings.boards import make_board
from kb.rules.ratings.pair_words import say_pairs
from kb.rules.ratings.pairs import Pair, find_pairs, list_evidence
from kb.rules.ratings.rating_words import (
    name_variant,
    say_objection,
    say_released_rating,
    say_variant_rating,
)
from kb.rules.ratings.variant_findings import find_variant, make_variant_finding
from kb.rules.rule import Finding, Rule, VerdictFact, keep_known
from kb.rules.wording import join_names

# "beats A, trails B", "about as well as A": of which rival the model is said to be ahead is open
_NOT_ONLY_AHEAD = re.compile(
    r"\b(?:trail|behind|below|worse|lower|similar|compar|equal|match|as well as|on par)",
    re.IGNORECASE,
)


def judge_board_comparison(case: Case) -> Finding | None:
    """By ratings of one day; one that an unreleased variant earned is about that variant."""
    board_name = case.claim.conditions.board
    if case.claim.claim_type != "benchmark_comparison" or board_name is None:
        return None
    board = make_board(case)
    pairs = find_pairs(case, board_name)
    rated = find_variant(case, board)
    if rated is None:
        return _judge_pairs(case, pairs) if pairs else None
    finding = make_variant_finding(case, board, rated, Outcome.WRONG_ARTEFACT)
    rivals = list_evidence(pairs)
    return Finding(
        finding.outcome,
        (*finding.evidence, *(result for result in rivals if result not in finding.evidence)),
        finding.numbers,
        finding.facts | (find_missing(case, pairs) if pairs else {}),
    )


def _judge_pairs(case: Case, pairs: tuple[Pair, ...]) -> Finding:
    facts = find_missing(case, pairs)
    return Finding(decide(case, pairs), list_evidence(pairs), facts=facts)


def decide(case: Case, pairs: tuple[Pair, ...]) -> Outcome:
    """Ahead of all that are named, with whole intervals; behind any of them; or open."""
    leads = [pair.lead for pair in pairs]
    if _NOT_ONLY_AHEAD.search(case.claim.claimed_text):
        return Outcome.INCONCLUSIVE
    if any(pair.lead == -1 for pair in pairs):
        return Outcome.REFUTED
    is_whole = not find_missing(case, pairs) and all(lead == 1 for lead in leads)
    return Outcome.SUPPORTED if is_whole else Outcome.INCONCLUSIVE


def find_missing(case: Case, pairs: tuple[Pair, ...]) -> dict[str, object]:
    """Return as a fact the models that a claim names and no pair holds."""
    told = {pair.rival.model.id for pair in pairs}
    known = {name for name, model in case.compared if model.id in told}
    missing = [name for name in case.claim.conditions.compared_to if name not in known]
    return keep_known(missing=missing or None)


def say_board_comparison(verdict: VerdictFact) -> str:
    """Which model the comparison was made with, or who is ahead; and the ratings of one day."""
    board = verdict.claim.conditions.board
    if verdict.outcome is not Outcome.WRONG_ARTEFACT:
        return f"{_say_lead(verdict, str(board))} {say_pairs(verdict, verdict.evidence)}"
    told = _list_rivals(verdict)
    beside = f" {say_pairs(verdict, told)}" if told else ""
    return (
        f"The comparison on {board} was made with {name_variant(verdict)}.{say_objection(verdict)}"
        f"{say_variant_rating(verdict)}{say_released_rating(verdict)}{beside}"
    )


def _list_rivals(verdict: VerdictFact) -> list[Evidence]:
    """The rivals' ratings and those of the released weights of the same days."""
    ours = verdict.numbers["rated_model"], verdict.numbers.get("released_model")
    days = {result.as_of for result in verdict.evidence if result.model.name not in ours}
    return [
        result
        for result in verdict.evidence
        if result.model.name != ours[0] and result.as_of in days
    ]


def _say_lead(verdict: VerdictFact, board: str) -> str:
    own = [result for result in verdict.evidence if result.model.name == verdict.model]
    rivals = [result for result in verdict.evidence if result not in own]
    behind = [rival for rival in rivals if any(Pair(one, rival).lead == -1 for one in own)]
    if verdict.outcome is Outcome.REFUTED:
        names = join_names(rival.model.name for rival in behind)
        return f"{verdict.model} is rated below {names} on {board}."
    if verdict.outcome is Outcome.SUPPORTED:
        names = join_names(rival.model.name for rival in rivals)
        return f"{verdict.model} is rated above {names} on {board}."
    return f"The ratings on {board} leave it open."


RULE = Rule(
    name="board_comparison",
    version=4,
    order=70,
    plain="A comparison on a leaderboard is about the variant that was entered there. Otherwise "
    "the ratings of one day decide: the claim holds if the whole interval is above those of all "
    "models that it names, and is refuted if it is below one of them. Intervals that overlap, or a "
    "model without a rating of that day, leave it open.",
    would_change="Ratings of the released weights and of the other models on that board, of "
    "another day, with other intervals.",
    judge=judge_board_comparison,
    say=say_board_comparison,
)
