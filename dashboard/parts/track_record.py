"""How many claims held up and how many fell short, with an interval and n; never a rank."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.reads.published import Row
from dashboard.wording.markup import Html, make_facts, tag
from dashboard.wording.outcome_marks import FELL_SHORT
from kb.domain.intervals import Interval, make_wilson_interval
from kb.domain.outcomes import Outcome
from kb.text.counting import count_things

CAUTION = (
    "These are claims that somebody thought worth checking, not a fair sample of everything a "
    "vendor says. The 95% interval (by Wilson's method) shows how uncertain a share of so few "
    "claims is; it "
    "cannot correct for how they were chosen. That is why nobody is ranked here."
)


@dataclass(frozen=True)
class TrackRecord:
    """Counts of claims that held up, fell short, or are unresolved or cannot be tested."""

    held: int
    fell: int
    unsettled: int

    @property
    def settled(self) -> int:
        """How many were decided either way."""
        return self.held + self.fell

    @property
    def interval(self) -> Interval | None:
        """Of the share that held up, among those settled; None where none is."""
        return make_wilson_interval(self.held, self.settled) if self.settled else None


def make_track_record(claims: Iterable[Row]) -> TrackRecord:
    """Return the record of these claims."""
    return make_record(Counter(row["outcome"] for row in claims))


def make_record(counts: Counter[str]) -> TrackRecord:
    """Return the record that so many claims of each outcome are."""
    held, fell = counts[Outcome.SUPPORTED], sum(counts[outcome] for outcome in FELL_SHORT)
    return TrackRecord(held, fell, counts.total() - held - fell)


def write_share(record: TrackRecord) -> str:
    """Return the share that held up, with interval and n, or that nothing is settled."""
    if record.interval is None:
        return "none settled yet"
    low, high = record.interval.low, record.interval.high
    share = record.held / record.settled
    return f"{share:.0%} (95% interval {low:.0%} to {high:.0%}, n = {record.settled:,})"


def make_record_facts(record: TrackRecord) -> Html:
    """Return the record as a list of terms, with the caution below."""
    facts = make_facts(
        [
            ("Held up", count_things(record.held, "claim")),
            ("Fell short", count_things(record.fell, "claim")),
            ("Unresolved or not testable", count_things(record.unsettled, "claim")),
            ("Share that held up", write_share(record)),
        ]
    )
    return tag("div", facts, tag("p", CAUTION, css="ac-caption"))
