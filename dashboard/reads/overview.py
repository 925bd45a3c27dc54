"""What the front page tells of all claims, counted in the published file and not in Python."""

from collections import Counter
from dataclasses import dataclass

from dashboard.reads.published import Edition, Row, read_rows
from dashboard.wording.outcome_marks import FELL_SHORT
from kb.domain.speech import SpeechKind

CLAIMED = "said_as <> 'question'"  # nobody made a claim that we ask ourselves
_FELL = ", ".join(f"'{outcome.value}'" for outcome in FELL_SHORT)
_HAS_GAP = "log10_claimed_over_found is not null"


@dataclass(frozen=True)
class Overview:
    """Claims by maker and outcome, and what else is counted of them.

    Questions of ours are no claims and are counted nowhere. What stands in a release's own files is
    counted among all claims, and for nobody.
    """

    cells: Counter[tuple[str, str]]
    outcomes: Counter[str]
    vendors: frozenset[str]
    models: int
    measured_here: int
    gaps: int
    zeros: int

    @property
    def claims(self) -> int:
        """How many there are."""
        return self.outcomes.total()

    @property
    def makers(self) -> dict[str, Counter[str]]:
        """How many each maker's claims there are of each outcome."""
        found: dict[str, Counter[str]] = {}
        for (maker, outcome), count in self.cells.items():
            found.setdefault(maker, Counter())[outcome] += count
        return found


def read_overview(edition: Edition) -> Overview:
    """Return the counts; a claim that was not judged is untested."""
    groups = read_rows(
        edition,
        f"""select maker, said_as, coalesce(outcome, 'untested') as outcome, count(*) as n
        from claims_vs_reality where {CLAIMED} group by all order by all""",  # noqa: S608
    )
    (rest,) = read_rows(
        edition,
        f"""select count(distinct model_id) as models,
            count(*) filter (where is_measured_here) as measured_here,
            count(*) filter (where {_HAS_GAP}) as gaps,
            count(*) filter (where found_value = 0 and claimed_value <> 0 and unit = found_unit)
                as zeros
        from claims_vs_reality where {CLAIMED}""",  # noqa: S608 (our own words)
    )
    vendors = read_rows(edition, "select distinct vendor from claims_vs_reality")
    cells: Counter[tuple[str, str]] = Counter()
    outcomes: Counter[str] = Counter()
    for row in groups:
        outcomes[row["outcome"]] += row["n"]
        if row["said_as"] != SpeechKind.RELEASE:
            cells[row["maker"], row["outcome"]] += row["n"]
    return Overview(cells, outcomes, frozenset(row["vendor"] for row in vendors), **rest)


def read_widest(edition: Edition, most: int) -> list[Row]:
    """Return the claims that exceed what was found by most, once a verdict says so."""
    return read_rows(
        edition,
        f"""select * from claims_vs_reality
        where {CLAIMED} and outcome in ({_FELL}) and log10_claimed_over_found > 0.01
        order by log10_claimed_over_found desc, seed nulls last, claim_id limit {int(most)}""",  # noqa: S608
    )


def read_gaps(edition: Edition, most: int) -> list[Row]:
    """Return the claims whose figure is farthest from what was found, in either direction."""
    return read_rows(
        edition,
        f"""select * from claims_vs_reality where {CLAIMED} and {_HAS_GAP}
        order by abs(log10_claimed_over_found) desc, seed nulls last, claim_id
        limit {int(most)}""",  # noqa: S608
    )
