-- In how many places does each claim stand, and how many of those are not its speaker's own?
-- claims_vs_reality is a row a proposition, so what is said in other words is counted in.
select v.model, v.claim_type, v.claimed_text, v.said_by, v.outcome,
    count(distinct s.source_id) as sources,
    count(distinct s.source_id) filter (where s.said_by <> v.maker) as elsewhere, v.claim_id
from claims_vs_reality v
join claim_group g on g.canonical_id = v.claim_id
join current_sightings s on s.claim_id = g.claim_id
join source o on o.id = s.source_id
group by all
order by elsewhere desc, sources desc, v.claim_id;
