"""Results of a model and of its rivals on the same test; for ratings, of one day."""

from collections.abc import Iterable
from dataclasses import dataclass

from kb.domain.intervals import make_wilson_interval
from kb.rules.case import Case, Evidence
from kb.rules.ratings.boards import METRIC as RATING


@dataclass(frozen=True)
class Pair:
    """A result of the model and one of a rival on the same test."""

    own: Evidence
    rival: Evidence

    @property
    def lead(self) -> int | None:
        """1 if the model is ahead with its whole interval, -1 if behind; None if it is open."""
        own, rival = find_ends(self.own), find_ends(self.rival)
        if own is None or rival is None:
            return None
        return 1 if own[0] > rival[1] else -1 if own[1] < rival[0] else None


def find_ends(result: Evidence) -> tuple[float, float] | None:
    """Return the interval of a result; of a share of so many tasks it follows from their number."""
    if result.low is not None and result.high is not None:
        return result.low, result.high
    if result.unit != "percent" or not result.n or result.value is None:
        return None
    ends = make_wilson_interval(round(result.value * result.n / 100), result.n)
    return 100 * ends.low, 100 * ends.high


def find_pairs(case: Case, board: str | None = None) -> tuple[Pair, ...]:
    """Return one pair for each rival and test, the newest; on one board, if that is named."""
    own = [result for result in case.of_own_metric(*_list_metrics(case)) if _is_on(result, board)]
    found: dict[tuple[str, ...], Pair] = {}
    for rival in sorted(case.rival_evidence, key=_get_age):
        key = (rival.model.id, *_make_key(rival))
        beside = next((result for result in own if _is_same_test(result, rival)), None)
        if beside is not None and rival.value is not None:
            found[key] = Pair(beside, rival)
    return tuple(found.values())


def _list_metrics(case: Case) -> Iterable[str]:
    return dict.fromkeys(result.metric for result in case.rival_evidence)


def _is_on(result: Evidence, board: str | None) -> bool:
    """Whether it is a score on a named test: lengths and sizes compare no two models' skill."""
    told = result.conditions
    is_test = told.board is not None or told.benchmark is not None
    return result.value is not None and is_test and board in (None, told.board)


def _get_age(result: Evidence) -> tuple[str, str]:
    return result.as_of or "", result.id


def _make_key(result: Evidence) -> tuple[str, ...]:
    told = result.conditions
    return result.metric, result.unit or "", told.board or "", told.benchmark or ""


def _is_same_test(own: Evidence, rival: Evidence) -> bool:
    """Ratings drift with the pool of models, so they are of one day."""
    is_of_day = own.metric != RATING or (own.as_of == rival.as_of and own.as_of is not None)
    return _make_key(own) == _make_key(rival) and is_of_day


def list_evidence(pairs: Iterable[Pair]) -> tuple[Evidence, ...]:
    """Return the results of pairs, each once, the model's own before its rivals'."""
    both = {result.id: result for pair in pairs for result in (pair.own, pair.rival)}
    return tuple(both.values())
