-- Which claims are true of something that was not released, and whose figure do they repeat?
select v.model as said_of, v.claimed_text, v.said_by, v.outcome,
    v.figure_of as earned_by, v.figure_availability, v.figure_reason,
    v.explanation, v.claim_id
from claims_vs_reality v
where v.outcome = 'wrong_artefact' or v.figure_of_id is not null
order by v.model, v.claim_id;
