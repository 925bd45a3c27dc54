"""What a verdict about a withheld variant says: sentences, and the figures under them."""

from kb.domain.drafts import Availability
from kb.rules.board_ratings import Board, Gap, find_newest, find_same_day, make_gap
from kb.rules.case import Case, Evidence, Subject, as_plain, make_numbers

_PRIVATE_VARIANTS = "private_variants"


def write_rating(rating: Evidence) -> str:
    """Return a rating as a reader would write it, with interval and rank."""
    interval = ""
    if rating.low is not None and rating.high is not None:
        interval = f" [{as_plain(rating.low)}, {as_plain(rating.high)}]"
    rank = f" at rank {rating.rank}" if rating.rank else ""
    return f"{as_plain(rating.value)}{interval}{rank}"


def count_variants(board: Board) -> int:
    """Return how many withheld variants the board shows; there may be others that it does not."""
    return len({each.model.id for each in board.withheld})


def say_withheld(model: Subject) -> str:
    """Return what is known about the weights, in words that claim no more."""
    if model.availability is Availability.NEVER_RELEASED:
        return "whose weights were never released"
    return "of which no release is on record, while the board rates the released model apart"


def say_beside(beside: Evidence | None, gap: Gap | None) -> str:
    """Return the rating of the released weights as the end of a sentence, with the gap."""
    if beside is None or gap is None:
        return ""
    day = f" ({beside.as_of})" if beside.as_of else ""
    return (
        f"; the released weights were rated {write_rating(beside)}{day}, {as_plain(gap.points)} "
        f"points lower: an expected win rate of {gap.win_rate:.0%} against it"
    )


def say_votes(source: Evidence) -> str:
    """Return a sentence on what a withheld rating rests on; empty where it is not told."""
    if not source.n:
        return ""
    day = f" of {source.as_of}" if source.as_of else ""
    return f" The withheld variant's rating{day} rests on {source.n:,} {source.n_unit or 'votes'}."


def say_newest(board: Board, beside: Evidence | None) -> str:
    """Return a sentence with the newest rating, unless that is the one told already."""
    newest = find_newest(board.released)
    if newest is None or beside is None or newest.id == beside.id or not newest.as_of:
        return ""
    return f" Newest rating of the released weights: {write_rating(newest)} ({newest.as_of})."


def list_numbers(
    case: Case, board: Board, withheld: Evidence, released: Evidence | None
) -> dict[str, object]:
    """Return the figures of a verdict about a withheld variant: both ratings and the gap."""
    gap = make_gap(withheld, released) if released else None
    same_day = find_same_day(board.withheld, board.released)
    day_gap = make_gap(*same_day) if same_day else None
    told = case.of_metric(_PRIVATE_VARIANTS)
    return make_numbers(
        board=board.name,
        **_list_figures("rated", withheld),
        **(_list_figures("released", released) if released else {}),
        **(_list_gap("gap", gap) if gap else {}),
        **(_list_gap("gap_same_day", day_gap) if day_gap else {}),
        same_day=same_day[0].as_of if same_day else None,
        withheld_variants_on_board=count_variants(board),
        private_variants=told[-1].value if told else None,
    )


def _list_figures(name: str, rating: Evidence) -> dict[str, object]:
    return {
        f"{name}_model": rating.model.name,
        name: rating.value,
        f"{name}_low": rating.low,
        f"{name}_high": rating.high,
        f"{name}_rank": rating.rank,
        f"{name}_votes": rating.n,
        f"{name}_on": rating.as_of,
    }


def _list_gap(name: str, gap: Gap) -> dict[str, object]:
    return {
        name: gap.points,
        f"{name}_low": gap.low,
        f"{name}_high": gap.high,
        f"{name}_votes": gap.votes,
        f"{name}_win_rate": round(gap.win_rate, 4),
    }
