"""Parts of sentences about ratings, for the rules that need them."""

from kb.rules.case import Evidence
from kb.rules.rule import VerdictFact
from kb.rules.wording import write_day, write_interval, write_number

_UNRELEASED = {
    "record": "whose weights were never released",
    "board": "of which no release is on record and which the leaderboard rates apart from the "
    "released model",
}


def write_rating(rating: Evidence) -> str:
    """Return a rating with interval, rank and day: 1,273 (interval 1,261 to 1,283) at rank 35."""
    return _write(rating.value, rating.low, rating.high, rating.rank, rating.as_of)


def _write(
    value: float | None, low: float | None, high: float | None, rank: int | None, day: str | None
) -> str:
    ends = write_interval(low, high)
    within = f" ({ends})" if ends else ""
    at = f" at rank {rank}" if rank else ""
    on = f" on {write_day(day)}" if day else ""
    return f"{write_number(value)}{within}{at}{on}"


def name_variant(verdict: VerdictFact) -> str:
    """Return the rated variant, and how it is known that its weights never came out."""
    how = _UNRELEASED[verdict.facts["unreleased_by"]]
    return f"{verdict.evidence[-1].model.name}, {how}"


def say_variant_rating(verdict: VerdictFact) -> str:
    """Return a sentence with the variant's rating, how many votes it has, and by whom."""
    rated = verdict.evidence[-1]
    votes = f" from {rated.n:,} {rated.n_unit or 'votes'}" if rated.n else ""
    return f" That variant was rated {write_rating(rated)}{votes} ({rated.by})."


def say_released_rating(verdict: VerdictFact) -> str:
    """Return a sentence with the released weights' rating and the gap; empty without one."""
    if len(verdict.evidence) < 2 or "gap" not in verdict.numbers:
        return ""
    gap, win_rate = verdict.numbers["gap"], verdict.numbers["gap_win_rate"]
    distance = f"{write_number(abs(gap))} points {'lower' if gap >= 0 else 'higher'}"
    return (
        f" The released weights were rated {write_rating(verdict.evidence[0])}, {distance}, which "
        f"means an expected win rate of {win_rate:.0%} against that variant."
    )


def say_newest(verdict: VerdictFact) -> str:
    """Return a sentence with the released weights' newest rating, if it was not told already."""
    newest = verdict.facts.get("newest")
    if newest is None:
        return ""
    figures = (newest.get(part) for part in ("value", "low", "high", "rank", "on"))
    return f" Newest rating of the released weights: {_write(*figures)}."
