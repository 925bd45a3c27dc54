"""One claim as JSON, key for key what `kb show ID --json` gives, from the published file."""

import json

from dashboard.reads.published import Edition, Row, read_rows

_MEMBERS = "select member_id from same_claims where claim_id = ? order by member_id"
_NUMBERS = "select numbers from current_verdicts where claim_id = ?"
_SIGHTINGS = """
    select o.url as source_url, o.publisher, s.said_by, s.said_on as said_at, s.quote, s.locator,
        s.snapshot_id as snapshot
    from same_claims g join current_sightings s on s.claim_id = g.member_id
    join source o on o.id = s.source_id
    where g.claim_id = ? order by g.member_id, s.id
"""
_BEARER = """
    select m.name, m.availability, a.model_id, a.measurement_id, a.reason
    from claim_attribution a join model m on m.id = a.model_id where a.claim_id = ?
"""
_CHANGES = """
    select o.url as source_url, h.* from claim_history h join source o on o.id = h.source_id
    where h.claim_id = ? and h.gone_id is not null order by h.source_id
"""
_REPLIES = """
    select r.* exclude (claim_id) from same_claims g join vendor_reply r on r.claim_id = g.member_id
    where g.claim_id = ? order by g.member_id, r.id
"""
_MEASUREMENTS = """
    select distinct x.id, x.metric, x.value, x.low, x.high, x.text, x.unit, x.n, x.n_unit, x.rank,
        x.basis, x.conditions, x.reported_by, x.as_of, o.url as source_url, g.member_id
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
    return (
        json.dumps(make_claim_view(edition, claim), ensure_ascii=False, indent=1, default=str)
        + "\n"
    )


def make_claim_view(edition: Edition, claim: Row) -> Row:
    """Return the claim as a JSON-ready object; `claim` is a row of the view of claims."""
    key = claim["claim_id"]
    members = [row["member_id"] for row in read_rows(edition, _MEMBERS, key)]
    numbers = read_rows(edition, _NUMBERS, key)
    kept = ("metric", "said_by", "claimed_text", "claimed_value", "unit", "conditions", "outcome",
            "basis", "explanation", "rule")  # fmt: skip
    return {
        "id": key,
        "seed": claim["seed"],
        "subject": claim["subject_text"],
        "model": claim["model_id"],
        "vendor": claim["vendor"],
        "figure_of": next(iter(read_rows(edition, _BEARER, key)), None),
        "type": claim["claim_type"],
        **{name: claim[name] for name in kept},
        "numbers": numbers[0]["numbers"] if numbers else {},
        "sightings": read_rows(edition, _SIGHTINGS, key),
        "measurements": _list_measurements(edition, key),
        "changes": read_rows(edition, _CHANGES, key),
        "vendor_replies": read_rows(edition, _REPLIES, key),
        "merged_from": [member for member in members if member != key],
    }


def _list_measurements(edition: Edition, key: str) -> list[Row]:
    """Each once, by the claim it was found for, metric, prompt length and id."""
    first: dict[str, Row] = {}
    for row in sorted(read_rows(edition, _MEASUREMENTS, key), key=_sort_key):
        first.setdefault(row["id"], {name: row[name] for name in row if name != "member_id"})
    return list(first.values())


def _sort_key(row: Row) -> tuple[str, str, float, str]:
    length = float((row["conditions"] or {}).get("context_tokens", 0))
    return row["member_id"], row["metric"], length, row["id"]
