"""The figures that verdicts rest on, in the unit of the claim."""

from collections.abc import Sequence
from typing import Any

from dashboard.reads.published import Edition, Row, read_rows

_FIGURES = """
    select v.claim_id, x.metric, x.value, x.low, x.high, x.unit, x.n, x.as_of,
        coalesce(x.reported_by, 'As Claimed') as found_by, x.model_id, m.name as model,
        m.availability
    from claims_vs_reality v join verdict_evidence e on e.verdict_id = v.verdict_id
    join measurement x on x.id = e.measurement_id join model m on m.id = x.model_id
    where x.value is not null and x.unit = v.unit and v.claim_id in (select unnest(?))
        -- a limit that somebody states is no accepted prompt; nor is a listing that is over
        and not (x.metric = 'accepted_context' and coalesce(x.evidence, '') = 'declared')
        and x.metric <> 'past_served_context'
    order by v.claim_id, e.position
"""


def read_figures(edition: Edition, claim_ids: Sequence[str]) -> dict[str, list[Row]]:
    """The figures that each claim's verdict rests on and that share the claim's unit, by claim.

    Of several of one metric and model the one with most weight is given, greatest figure first.
    """
    first: dict[tuple[Any, ...], Row] = {}
    for row in read_rows(edition, _FIGURES, tuple(claim_ids)):
        first.setdefault((row["claim_id"], row["metric"], row["model_id"]), row)
    found: dict[str, list[Row]] = {}
    for row in sorted(first.values(), key=lambda figure: -figure["value"]):
        found.setdefault(row["claim_id"], []).append(row)
    return found
