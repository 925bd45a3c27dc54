-- Where are the widest gaps between what was said and what was found?
-- One row a claim; orders_of_magnitude is log10(said / found): 1 means ten times too much. It is only
-- there where both are numbers in one unit and the verdict compares them. found_by tells who measured.
select model, claim_type, claimed_text, claimed_value, found_value, found_low, found_high, unit,
    round(log10_claimed_over_found, 3) as orders_of_magnitude, outcome, found_by, claim_id
from claims_vs_reality
where log10_claimed_over_found is not null
order by abs(log10_claimed_over_found) desc, claim_id;
