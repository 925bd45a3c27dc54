"""Parts of sentences about ratings, for the rules that need them."""

from kb.rules.case import Evidence
from kb.rules.rule import VerdictFact
from kb.rules.wording import join_names, write_day, write_interval, write_number

DRIFT = "ratings drift as the models on the board change, so days are not compared"
_UNRELEASED = {
    "record": "whose weights were never released",
    "board": "of which no release is on record and which the leaderboard rates apart from the "
    "released model",
}


def write_rating(rating: Evidence) -> str:
    """Return a rating with interval, rank and day: 1,273 (interval 1,261 to 1,283) at rank 35."""
    return _write(rating.value, rating.low, rating.high, rating.rank, rating.as_of)


def write_rating_of_day(rating: Evidence) -> str:
    """As `write_rating`, where the day has been told."""
    return _write(rating.value, rating.low, rating.high, rating.rank, None)


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
    return f"{_get_variant(verdict).model.name}, {how}"


def _get_variant(verdict: VerdictFact) -> Evidence:
    """The rating that the verdict is about: the last of those of the model and its family.

    A model may have been renamed since; then it is one that the claim does not name.
    """
    rated = verdict.numbers["rated_model"]
    named = [rating for rating in verdict.evidence if rating.model.name == rated]
    others = [rating for rating in verdict.evidence if rating.model.name != verdict.model]
    return (named or others or list(verdict.evidence))[-1]


def say_variant_rating(verdict: VerdictFact) -> str:
    """Return a sentence with the variant's rating, how many votes it has, and by whom."""
    rated = _get_variant(verdict)
    votes = f" from {rated.n:,} {rated.n_unit or 'votes'}" if rated.n else ""
    return f" That variant was rated {write_rating(rated)}{votes} ({rated.by})."


def say_released_rating(verdict: VerdictFact) -> str:
    """Return a sentence with the released weights' rating, and the gap on one day, if any."""
    variant, name = _get_variant(verdict), verdict.numbers.get("released_model")
    released = [rating for rating in verdict.evidence if rating.model.name == name]
    if not released:
        return ""
    day = verdict.numbers.get("same_day")
    if day is None:
        return (
            f" The released weights were rated {write_rating(released[-1])}; no board of one day "
            "that rates both is on record, so no gap is given."
        )
    beside = [rating for rating in released if rating.as_of == day]
    pair = [r for r in verdict.evidence if r.model.id == variant.model.id and r.as_of == day]
    of_day = zip(pair[:1], beside[:1], strict=False)
    return "".join(f" {_say_pair(variant, *two)}, {_say_gap(verdict)}." for two in of_day)


def _say_pair(told: Evidence, variant: Evidence, released: Evidence) -> str:
    """Both on the day that has both, which may be another than the one that was told."""
    rated = f"the released weights {write_rating_of_day(released)}"
    if told.id == variant.id:
        return f"On the same day the board rated {rated}"
    day = write_day(variant.as_of or "")
    return (
        f"On {day}, the nearest day on record when the board rated both, that variant had "
        f"{write_rating_of_day(variant)} and {rated}"
    )


def _say_gap(verdict: VerdictFact) -> str:
    gap, win_rate = verdict.numbers["gap"], verdict.numbers["gap_win_rate"]
    ends = verdict.numbers.get("gap_low"), verdict.numbers.get("gap_high")
    known = sorted(abs(round(end)) for end in ends if end is not None)
    within = f" ({write_interval(*known)})" if len(known) == 2 else ""
    return (
        f"{write_number(abs(gap))} points {'lower' if gap >= 0 else 'higher'}{within}, which "
        f"means an expected win rate of {win_rate:.0%} against that variant"
    )


def say_newest(verdict: VerdictFact) -> str:
    """Return a sentence with the released weights' newest rating, if it was not told already."""
    newest = verdict.facts.get("newest")
    if newest is None:
        return ""
    figures = (newest.get(part) for part in ("value", "low", "high", "rank", "on"))
    return f" Latest rating of the released weights on record: {_write(*figures)}; {DRIFT}."


def say_objection(verdict: VerdictFact) -> str:
    """Return a sentence on those who print the claim and an objection to it in one document."""
    names = verdict.facts.get("objected_in")
    if not names:
        return ""
    verb, whose = ("print", "themselves") if len(names) > 1 else ("prints", "itself")
    return f" {join_names(names)} {verb} an objection {whose}, in the same document."
