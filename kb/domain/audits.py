"""What an audit finds: the share of facts that are right, and how far its readers agree."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from kb.domain.intervals import Interval, make_wilson_interval


class AuditOutcome(StrEnum):
    """What a reader finds who holds a fact against its source."""

    RIGHT = "right"
    WRONG = "wrong"
    NOT_IN_SOURCE = "not_in_source"
    COULD_NOT_CHECK = "could_not_check"


class FactPart(StrEnum):
    """Which part of a fact is wrong."""

    VALUE = "value"
    SPEAKER = "speaker"
    MODEL = "model"
    DATE = "date"
    CONDITIONS = "conditions"
    SOURCE = "source"


@dataclass(frozen=True)
class Judged:
    """One reader's judgement of a fact, or of several that were counted together.

    `fact_id` is None where an audit only counted; `facts` says how many facts it is about.
    """

    reader: str
    fact_id: str | None
    outcome: AuditOutcome
    parts: tuple[FactPart, ...] = ()
    facts: int = 1


@dataclass(frozen=True)
class AuditShare:
    """How many facts one reader found right, or all readers together if `reader` is None."""

    reader: str | None
    counts: Counter[AuditOutcome]
    wrong_speakers: int

    @property
    def facts(self) -> int:
        """How many facts were judged."""
        return self.counts.total()

    @property
    def right(self) -> int:
        """How many of them were right."""
        return self.counts[AuditOutcome.RIGHT]

    @property
    def interval(self) -> Interval:
        """The 95% interval of the share that is right; no facts raise ValueError."""
        return make_wilson_interval(self.right, self.facts)


@dataclass(frozen=True)
class Agreement:
    """How often two readers gave the same judgement of the same fact.

    `kappa` is Cohen's (1960, Educational and Psychological Measurement 20:37-46); it is None
    where both gave one and the same judgement to every fact, since chance then explains it all.
    """

    readers: tuple[str, str]
    facts: int
    same: int
    kappa: float | None


def list_readers(judged: Iterable[Judged]) -> list[str]:
    """Return who judged, each once, in the order of the judgements."""
    return list(dict.fromkeys(judgement.reader for judgement in judged))


def make_share(reader: str | None, judged: Iterable[Judged]) -> AuditShare:
    """Return the share of these judgements that is right."""
    counts: Counter[AuditOutcome] = Counter()
    speakers = 0
    for judgement in judged:
        counts[judgement.outcome] += judgement.facts
        speakers += judgement.facts if FactPart.SPEAKER in judgement.parts else 0
    return AuditShare(reader, counts, speakers)


def make_overall_share(judged: Sequence[Judged]) -> AuditShare:
    """Return the share of all readers together: a fact is right if no reader found fault with it.

    Readers judge the same facts, so that a second reader adds care and not sample size.
    """
    readers = list_readers(judged)
    if len(readers) < 2:
        return make_share(None, judged)
    common = set.intersection(*(set(_by_fact(judged, reader)) for reader in readers))
    severest = [_find_severest(judged, fact_id) for fact_id in sorted(common)]
    return make_share(None, severest)


_SEVERITY = (
    AuditOutcome.WRONG,
    AuditOutcome.NOT_IN_SOURCE,
    AuditOutcome.COULD_NOT_CHECK,
    AuditOutcome.RIGHT,
)


def _find_severest(judged: Sequence[Judged], fact_id: str) -> Judged:
    """The severest judgement of a fact, with the wrong parts that any reader found."""
    of_fact = [judgement for judgement in judged if judgement.fact_id == fact_id]
    worst = min(of_fact, key=lambda judgement: _SEVERITY.index(judgement.outcome))
    parts = {part for judgement in of_fact for part in judgement.parts}
    return Judged("", fact_id, worst.outcome, tuple(sorted(parts)))


def _by_fact(judged: Iterable[Judged], reader: str) -> dict[str, AuditOutcome]:
    return {
        judgement.fact_id: judgement.outcome
        for judgement in judged
        if judgement.reader == reader and judgement.fact_id is not None
    }


def compare_readers(judged: Sequence[Judged]) -> list[Agreement]:
    """Return the agreement of every two readers on the facts that both judged."""
    pairs = combinations(list_readers(judged), 2)
    found = (_compare(judged, one, other) for one, other in pairs)
    return [agreement for agreement in found if agreement.facts]


def _compare(judged: Sequence[Judged], one: str, other: str) -> Agreement:
    ours, theirs = _by_fact(judged, one), _by_fact(judged, other)
    pairs = [(ours[fact_id], theirs[fact_id]) for fact_id in sorted(ours.keys() & theirs.keys())]
    same = sum(first is second for first, second in pairs)
    return Agreement((one, other), len(pairs), same, compute_kappa(pairs))


def compute_kappa(pairs: Sequence[tuple[AuditOutcome, AuditOutcome]]) -> float | None:
    """Return Cohen's kappa of paired judgements; None where it is not defined."""
    n = len(pairs)
    if not n:
        return None
    first, second = (Counter(side) for side in zip(*pairs, strict=True))
    chance = sum(first[outcome] * second[outcome] for outcome in AuditOutcome) / n**2
    if chance == 1:
        return None
    same = sum(one is other for one, other in pairs) / n
    return (same - chance) / (1 - chance)
