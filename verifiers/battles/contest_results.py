"""What battles show: win rates and gaps, and on anchors a rating on the board's scale."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kb.domain.drafts import Conditions
from kb.domain.elo import compute_gap
from kb.domain.outcomes import Basis
from kb.domain.results import Result
from verifiers.battles.stopping import Stopping
from verifiers.ratings.bootstrap import resample_games
from verifiers.ratings.bradley_terry import NotRatableError, Scale
from verifiers.ratings.games import Floats, make_games
from verifiers.sequential.betting import make_confidence_interval

WIN_RATE, GAP, RATING = "battle_win_rate", "battle_gap", "battle_elo"
_TIMES = 400
_SEED = 5


@dataclass(frozen=True)
class Fought:
    """One battle: the prompt, the opponent's name, and the challenger's score."""

    item: str
    opponent: str
    score: float | None


@dataclass(frozen=True)
class ContestTerms:
    """What results are reported with: the challenger, anchors with their ratings, board, judge."""

    challenger: str
    anchors: Mapping[str, float | None]
    board: str | None
    judge: str
    prompts: str
    alpha: float = 0.05
    examination: tuple[Result, ...] = ()  # what the judge was found to prefer
    without_template: tuple[str, ...] = ()  # whose weights only continue a text

    def make_conditions(self, opponents: Sequence[str], note: str, board: bool) -> Conditions:
        """Return what a figure holds under."""
        plain = [name for name in self.without_template if name in (self.challenger, *opponents)]
        if plain:
            note += (
                f"; weights without a chat template only continue a text, and were not made to "
                f"follow requests: {', '.join(plain)}"
            )
        return Conditions(
            board=self.board if board else None,
            rule=f"{self.judge}; {self.prompts}",
            compared_to=list(opponents),
            note=note,
        )


def make_results(terms: ContestTerms, fought: Sequence[Fought], stopping: Stopping) -> list[Result]:
    """Return all figures of a contest and of its judge; none without a decided battle."""
    decided = [battle for battle in fought if battle.score is not None]
    undecided = len(fought) - len(decided)
    results: list[Result] = []
    for name in terms.anchors:
        scores = [battle.score for battle in decided if battle.opponent == name]
        results += _make_pair(terms, name, np.array(scores, dtype=np.float64), undecided, stopping)
    rating = _make_rating(terms, decided)
    whole = [*results, rating] if rating else results
    return [*whole, *terms.examination] if whole else []


def _make_pair(
    terms: ContestTerms, opponent: str, scores: Floats, undecided: int, stopping: Stopping
) -> list[Result]:
    """Win rate and gap against one opponent; their intervals hold whenever asking stops."""
    if not scores.size:
        return []
    mean = float(scores.mean())
    low, high = make_confidence_interval(scores.reshape(-1, 1), terms.alpha)
    told = (
        f"{_count(scores)}; {undecided} battles without a verdict; the interval holds whenever "
        f"one stops; {stopping.side.value} the score that was asked about"
    )
    conditions = terms.make_conditions([opponent], told, board=False)
    n = int(scores.size)
    rate = Result(
        WIN_RATE, Basis.MEASURED_HERE, round(mean, 6), round(low, 6), round(high, 6),
        unit="proportion", n=n, n_unit="battles", conditions=conditions,
    )  # fmt: skip
    if not (low > 0 and high < 1):
        return [rate]  # one end of the gap would be infinite: the win rate says all
    value, low, high = (round(compute_gap(share), 2) for share in (mean, low, high))
    gap = Result(
        GAP,
        Basis.MEASURED_HERE,
        value,
        low,
        high,
        unit="elo",
        n=n,
        n_unit="battles",
        conditions=conditions,
    )
    return [rate, gap]


def _count(scores: Floats) -> str:
    won, tied = int((scores == 1).sum()), int((scores == 0.5).sum())
    return f"{won} won, {tied} tied, {len(scores) - won - tied} lost"


def _make_rating(terms: ContestTerms, decided: Sequence[Fought]) -> Result | None:
    """Return the rating on the anchors' scale; None without a known anchor or a finite interval.

    Against one anchor it is the anchor's rating and the gap, whose interval holds whenever
    asking stops. Against several it is a fit, and its interval a bootstrap over prompts, which
    does not allow for that.
    """
    known = {name: points for name, points in terms.anchors.items() if points is not None}
    fought = [battle for battle in decided if battle.opponent in known]
    if not fought:
        return None
    found = _rate_by_gap(terms, known, fought) if len(known) == 1 else _fit(terms, known, fought)
    if found is None:
        return None
    value, low, high = (round(rating, 2) for rating in found)
    how = "whenever one stops" if len(known) == 1 else "by bootstrap over prompts"
    anchors = ", ".join(f"{name} {points:g}" for name, points in known.items())
    note = f"anchors held at {anchors}, without their own errors; interval {how}"
    return Result(
        RATING, Basis.MEASURED_HERE, value, low, high, unit="elo", n=len(fought),
        n_unit="battles", conditions=terms.make_conditions(list(known), note, board=True),
    )  # fmt: skip


Points = tuple[float, float, float]  # value, low, high


def _rate_by_gap(
    terms: ContestTerms, known: Mapping[str, float], fought: Sequence[Fought]
) -> Points | None:
    scores = np.array([battle.score for battle in fought], dtype=np.float64)
    low, high = make_confidence_interval(scores.reshape(-1, 1), terms.alpha)
    if not (low > 0 and high < 1):
        return None
    (anchor,) = known.values()
    value, lower, upper = (
        anchor + compute_gap(share) for share in (float(scores.mean()), low, high)
    )
    return value, lower, upper


def _fit(
    terms: ContestTerms, known: Mapping[str, float], fought: Sequence[Fought]
) -> Points | None:
    rows = ((terms.challenger, battle.opponent, float(battle.score or 0.0), battle.item)
            for battle in fought)  # fmt: skip
    games = make_games(rows)
    scale = Scale({games.models.index(name): points for name, points in known.items()
                   if name in games.models})  # fmt: skip
    try:
        rated = resample_games(games, _TIMES, _SEED, scale).make_rated(terms.alpha)
    except NotRatableError:
        return None
    place = games.models.index(terms.challenger)
    return float(rated.points[place]), float(rated.low[place]), float(rated.high[place])
