-- Who stands behind the evidence: how many verdicts have at least one result of each kind?
select x.basis, count(distinct v.id) as verdicts, count(distinct x.id) as results,
    count(distinct coalesce(x.reported_by, 'As Claimed')) as parties
from current_verdicts v
join verdict_evidence e on e.verdict_id = v.id
join measurement x on x.id = e.measurement_id
group by x.basis
order by verdicts desc, x.basis;
