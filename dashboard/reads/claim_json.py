"""One claim as JSON, from the published file; `kb.domain.claim_views` decides its form."""

import json

from dashboard.reads.published import Edition, Row, read_rows
from kb.domain.claim_views import ClaimRows, View, make_claim_view

_MEMBERS = "select member_id from same_claims where claim_id = ? order by member_id"
_VERDICT = "select * from current_verdicts where claim_id = ?"
_SIGHTINGS = """
    select s.*, o.url as source_url, o.publisher
    from same_claims g join current_sightings s on s.claim_id = g.member_id
    join source o on o.id = s.source_id where g.claim_id = ?
"""
_FIGURE_OF = """
    select m.name, m.availability, a.model_id, a.measurement_id, a.reason
    from claim_attribution a join model m on m.id = a.model_id where a.claim_id = ?
"""
_CHANGES = """
    select o.url as source_url, h.* from claim_history h join source o on o.id = h.source_id
    where h.claim_id = ? and h.gone_id is not null order by h.source_id
"""
_REPLIES = """
    select r.* from same_claims g join vendor_reply r on r.claim_id = g.member_id
        or r.claim_id in (select old_id from correction where new_id = g.member_id)
    where g.claim_id = ?
"""
_CORRECTIONS = """
    select c.* from same_claims g join correction c on c.about_id = g.member_id
    where g.claim_id = ?
"""
_MEASUREMENTS = """
    select x.*, o.url as source_url, g.member_id as claim_id
    from same_claims g join measurement x on x.id in (
        select e.measurement_id from verdict_evidence e
        join current_verdicts v on v.id = e.verdict_id where v.claim_id = g.member_id
        union select y.id from measurement y join plan p on p.id = y.plan_id
        where p.claim_id = g.member_id)
    left join source o on o.id = x.source_id
    where g.claim_id = ?
"""


def make_claim_json(edition: Edition, claim: Row) -> str:
    """Return the claim as indented JSON."""
    view = make_view(edition, claim)
    return json.dumps(view, ensure_ascii=False, indent=1, default=str) + "\n"


def make_view(edition: Edition, claim: Row) -> View:
    """Return the claim as a JSON-ready object; `claim` is a row of `claims_vs_reality`."""
    key = claim["claim_id"]
    return make_claim_view(
        ClaimRows(
            claim=claim | {"id": key},
            vendor=claim["vendor"],
            verdict=next(iter(read_rows(edition, _VERDICT, key)), None),
            figure_of=next(iter(read_rows(edition, _FIGURE_OF, key)), None),
            member_ids=[row["member_id"] for row in read_rows(edition, _MEMBERS, key)],
            sightings=read_rows(edition, _SIGHTINGS, key),
            measurements=read_rows(edition, _MEASUREMENTS, key),
            changes=read_rows(edition, _CHANGES, key),
            replies=read_rows(edition, _REPLIES, key),
            corrections=read_rows(edition, _CORRECTIONS, key),
        )
    )
