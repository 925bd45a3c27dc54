-- How long a prompt is claimed, accepted in a run that is shown, and still used well?
-- "Used" is told by rule; the rule that decides comes first in the verdict. used_low is what was
-- shown, used_high what could not be excluded; reported figures have neither.
select v.model, v.claimed_value as claimed_tokens,
    cast(json_extract(d.numbers, '$.accepted') as double) as accepted_tokens,
    x.value as used_tokens, x.low as used_low, x.high as used_high,
    json_extract_string(x.conditions, '$.rule') as rule, v.outcome,
    coalesce(x.reported_by, 'As Claimed') as found_by, v.claim_id
from claims_vs_reality v
join verdict d on d.id = v.verdict_id
join verdict_evidence k on k.verdict_id = d.id
join measurement x on x.id = k.measurement_id
where v.claim_type = 'context_length' and x.metric = 'effective_context'
qualify row_number() over (partition by v.claim_id order by k.position) = 1
order by claimed_tokens desc, v.claim_id;
