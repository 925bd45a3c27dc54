"""What the front page tells of all claims, counted in the published file and not in Python."""

from collections import Counter
from dataclasses import dataclass

from dashboard.reads.published import Edition, Row, read_rows
from dashboard.wording.outcome_marks import FELL_SHORT

_FELL = ", ".join(f"'{outcome.value}'" for outcome in FELL_SHORT)
_HAS_GAP = "log10_claimed_over_found is not null"


@dataclass(frozen=True)
class Overview:
    """Claims by vendor and outcome, and what else is counted of them."""

    cells: Counter[tuple[str, str]]
    models: int
    measured_here: int
    gaps: int
    zeros: int

    @property
    def claims(self) -> int:
        """How many there are."""
        return self.cells.total()

    @property
    def outcomes(self) -> Counter[str]:
        """How many there are of each outcome."""
        counts: Counter[str] = Counter()
        for (_, outcome), count in self.cells.items():
            counts[outcome] += count
        return counts

    @property
    def vendors(self) -> dict[str, Counter[str]]:
        """How many there are of each outcome, by vendor."""
        found: dict[str, Counter[str]] = {}
        for (vendor, outcome), count in self.cells.items():
            found.setdefault(vendor, Counter())[outcome] += count
        return found


def read_overview(edition: Edition) -> Overview:
    """Return the counts; a claim that was not judged is untested."""
    cells = read_rows(
        edition,
        """select vendor, coalesce(outcome, 'untested') as outcome, count(*) as n
        from claims_vs_reality group by all order by all""",
    )
    (rest,) = read_rows(
        edition,
        f"""select count(distinct model_id) as models,
            count(*) filter (where is_measured_here) as measured_here,
            count(*) filter (where {_HAS_GAP}) as gaps,
            count(*) filter (where found_value = 0 and claimed_value <> 0 and unit = found_unit)
                as zeros
        from claims_vs_reality""",  # noqa: S608 (our own words)
    )
    return Overview(Counter({(row["vendor"], row["outcome"]): row["n"] for row in cells}), **rest)


def read_widest(edition: Edition, most: int) -> list[Row]:
    """Return the claims that exceed what was found by most, once a verdict says so."""
    return read_rows(
        edition,
        f"""select * from claims_vs_reality
        where outcome in ({_FELL}) and log10_claimed_over_found > 0.01
        order by log10_claimed_over_found desc, seed nulls last, claim_id limit {int(most)}""",  # noqa: S608
    )


def read_gaps(edition: Edition, most: int) -> list[Row]:
    """Return the claims whose figure is farthest from what was found, in either direction."""
    return read_rows(
        edition,
        f"""select * from claims_vs_reality where {_HAS_GAP}
        order by abs(log10_claimed_over_found) desc, seed nulls last, claim_id
        limit {int(most)}""",  # noqa: S608
    )
