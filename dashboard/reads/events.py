"""What happened and when: claims made, tested, edited, withdrawn, corrected, verdicts revised."""

from collections.abc import Sequence

from dashboard.reads.published import Edition, Row, Value, read_rows

# A claim stands for all that say the same; days may be partial (2025, 2025-04).
_CHANGED = """
    select strftime(h.gone_at, '%Y-%m-%d'), h.fate, h.claim_id, h.publisher,
        h.replaced_by_text, null
    from claim_changes h where h.fate =
"""
_EVENTS = {
    "said": """
        select coalesce(s.said_on, cast(o.published_on as varchar)), 'said', g.canonical_id,
            case when s.attribution = 'quoted' then s.attributed_to else s.said_by end,
            o.publisher, null
        from current_sightings s join claim_group g on g.claim_id = s.claim_id
        join source o on o.id = s.source_id where not s.disputes
    """,
    "tested": """
        select coalesce(strftime(x.measured_at, '%Y-%m-%d'), x.as_of), 'tested', v.claim_id,
            coalesce(x.reported_by, 'As Claimed'), null, null
        from current_verdicts v join verdict_evidence e on e.verdict_id = v.id
        join measurement x on x.id = e.measurement_id
    """,
    "judged": """
        select strftime(w.judged_at, '%Y-%m-%d'), 'judged', w.claim_id, w.outcome,
            w.explanation, b.outcome
        from verdict w join verdict b on b.id = w.supersedes_id
    """,
    "edited": f"{_CHANGED} 'edited'",
    "withdrawn": f"{_CHANGED} 'withdrawn'",
    "corrected": """
        select strftime(c.corrected_on, '%Y-%m-%d'),
            case c.kind when 'withdrawn' then 'taken_back' else 'corrected' end,
            coalesce(g.canonical_id, c.about_id), 'As Claimed', c.why, c.was
        from correction c left join claim_group g on g.claim_id = c.about_id
        where not (c.kind = 'claim' and c.field = 'model')
            and not (c.kind = 'withdrawn' and c.old_id <> c.about_id)
    """,
}
# A correction may be of a model, or of a claim that is no longer there.
_TOLD = """
    with happened(day, kind, claim_id, who, detail, before) as ({events}),
    corrected as (select about_id, any_value(model_id) as model_id from correction group by 1)
    select h.*, coalesce(v.model, m.name) as model, coalesce(v.model_id, m.id) as model_id,
        coalesce(v.vendor, m.vendor) as vendor, v.claimed_text, v.claimed_value, v.metric,
        v.claim_type
    from happened h left join claims_vs_reality v on v.claim_id = h.claim_id
    left join corrected k on k.about_id = h.claim_id left join model m on m.id = k.model_id
    where h.day is not null and (v.claim_id is not null
        or (h.kind in ('corrected', 'taken_back') and m.id is not null))
"""
_OF_CLAIMS = " and h.claim_id in (select unnest(?))"
_ORDERED = " order by h.day desc, h.claim_id, h.kind, h.who"
CHANGES = ("judged", "edited", "withdrawn")
CORRECTIONS = ("corrected",)


def read_events(
    edition: Edition,
    kinds: Sequence[str] = tuple(_EVENTS),
    claim_ids: Sequence[str] | None = None,
    most: int | None = None,
) -> list[Row]:
    """Events of these kinds, of all claims or of these, that have a day; newest first."""
    values = list[Value]()
    query = _TOLD.format(events=" union ".join(_EVENTS[kind] for kind in kinds))
    if claim_ids is not None:
        query += _OF_CLAIMS
        values.append(tuple(claim_ids))
    window = "" if most is None else f" limit {int(most)}"
    return read_rows(edition, query + _ORDERED + window, *values)
