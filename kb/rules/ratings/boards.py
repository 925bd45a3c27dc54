"""Ratings on one board as dated series: whose they are, and which is nearest to a day.

Ratings drift with the pool of models, so a rating is only compared with others of its board, and
every one is told with its day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import hypot

from kb.domain.drafts import Availability
from kb.domain.elo import compute_win_rate
from kb.domain.intervals import covers
from kb.models.names import parse_model_name
from kb.rules.case import Case, Evidence, Subject

MAIN_BOARD = "LMArena"
METRIC = "elo"


@dataclass(frozen=True)
class Board:
    """Ratings of a case on one board, oldest first.

    `released`: of the released weights. `unreleased`: of variants whose weights never came out.
    `unplaced`: of variants with a later date in their name, of which no release is on record.
    """

    name: str | None
    released: tuple[Evidence, ...]
    unreleased: tuple[Evidence, ...]
    unplaced: tuple[Evidence, ...]


@dataclass(frozen=True)
class RatingGap:
    """By how many points one rating is above another, with its interval and n in votes."""

    points: float
    low: float | None
    high: float | None
    votes: int | None

    @property
    def win_rate(self) -> float:
        """The expected share of wins of the lower rated."""
        return compute_win_rate(-self.points)


def make_board(case: Case) -> Board:
    """Sort the ratings of a case; a claim without a board means the main one, if it is there."""
    ratings = [rating for rating in case.of_metric(METRIC) if not rating.is_vendors_word]
    named = {rating.conditions.board for rating in ratings}
    board = case.claim.conditions.board or (MAIN_BOARD if MAIN_BOARD in named else None)
    on_board = tuple(rating for rating in ratings if board in (None, rating.conditions.board))
    released = _list_released(case, on_board)
    unreleased = tuple(rating for rating in on_board if _is_unreleased(rating, released))
    unplaced = (
        rating for rating in on_board if rating not in unreleased and _is_without_release(rating)
    )
    return Board(board, released, unreleased, tuple(unplaced))


def _list_released(case: Case, ratings: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Of the model itself; of its released variants where it is a family that nobody rates."""
    own = [rating for rating in ratings if rating.model.id == case.subject.id]
    chosen = own or ratings
    return tuple(rating for rating in chosen if rating.model.availability is Availability.RELEASED)


def _is_without_release(rating: Evidence) -> bool:
    is_open = rating.model.availability is Availability.UNKNOWN and not rating.model.releases
    return is_open and rating.model.variant_of is not None


def _is_unreleased(rating: Evidence, released: Sequence[Evidence]) -> bool:
    """Whether the rated name stands for weights that never came out.

    A record may say so. Without one the board itself must: the name calls itself experimental or
    a preview, no release of it is on record although one of the plain model is, and the board
    rates that plain model apart from it, with another result.
    """
    if is_recorded_unreleased(rating.model):
        return True
    if not (_is_without_release(rating) and parse_model_name(rating.model.name).stages):
        return False
    plain = [other for other in released if other.model.id == rating.model.variant_of]
    if not any(other.model.releases for other in plain):
        return False
    beside = find_nearest(plain, rating.as_of)
    return beside is not None and not _overlap(rating, beside)


def is_recorded_unreleased(model: Subject) -> bool:
    """Whether a record says that the weights never came out; else only the board tells."""
    return model.availability is Availability.NEVER_RELEASED


def _overlap(one: Evidence, other: Evidence) -> bool:
    """Whether intervals meet; ratings without an interval tell nobody apart."""
    ends = (one.low, one.high, other.low, other.high)
    if None in ends:
        return True
    return bool(one.low <= other.high and other.low <= one.high)  # type: ignore[operator]


def find_nearest(ratings: Sequence[Evidence], day: str | None) -> Evidence | None:
    """Return the rating nearest to a day, the earlier of two; the first where no day is known."""
    if not ratings:
        return None
    if day is None or _as_date(day) is None:
        return ratings[0]
    return min(ratings, key=lambda rating: (_count_days(rating.as_of, day), rating.as_of or "9999"))


def _count_days(one: str | None, other: str) -> int:
    first, second = _as_date(one), _as_date(other)
    return abs((first - second).days) if first and second else 10**6


def _as_date(day: str | None) -> date | None:
    """The first day of a month or year that is all that is known."""
    return date.fromisoformat((day + "-01-01")[:10]) if day else None


def find_newest(ratings: Sequence[Evidence]) -> Evidence | None:
    """Return the newest rating that has a date, else the last."""
    dated = [rating for rating in ratings if rating.as_of]
    return dated[-1] if dated else next(reversed(ratings), None)


def holds(rating: Evidence, figure: float) -> bool:
    """Whether a figure lies in the interval of a rating."""
    return rating.value is not None and covers(rating.value, rating.low, rating.high, figure)


def make_gap(above: Evidence, below: Evidence) -> RatingGap | None:
    """Return how far apart two ratings are; its interval takes their errors as independent.

    On one board errors are shared in part, so that the true interval is, if anything, narrower.
    """
    if above.value is None or below.value is None:
        return None
    points = above.value - below.value
    votes = min(above.n, below.n) if above.n and below.n else None
    if above.low is None or above.high is None or below.low is None or below.high is None:
        return RatingGap(points, None, None, votes)
    down = hypot(above.value - above.low, below.high - below.value)
    up = hypot(above.high - above.value, below.value - below.low)
    return RatingGap(points, points - down, points + up, votes)


def find_same_day(
    ratings: Sequence[Evidence], others: Sequence[Evidence], day: str | None = None
) -> tuple[Evidence, ...]:
    """Return ratings of one day, one of each, nearest to `day`; empty if there is no such day."""
    by_day = {other.as_of: other for other in reversed(others) if other.as_of}
    nearest = find_nearest([rating for rating in ratings if rating.as_of in by_day], day)
    return () if nearest is None else (nearest, by_day[nearest.as_of or ""])
