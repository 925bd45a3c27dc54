-- What share of the claims that a vendor makes of its own models held up, where they were tested?
-- low and high are the Wilson score interval at 95% (Wilson 1927, JASA 22:209-212), z = 1.959964.
-- Too close to call, pending, untested and not testable are no test: they are counted apart.
with counted as (
    select vendor,
        count(*) filter (where outcome = 'supported') as held,
        count(*) filter (where outcome in
            ('supported', 'overstated', 'refuted', 'wrong_artefact')) as tested,
        count(*) as claims
    from claims_vs_reality
    where said_by = vendor
    group by vendor
), shares as (
    select *, held / tested as share, 1.959964 as z from counted where tested > 0
)
select vendor, held, tested, claims, round(share, 3) as share,
    round(greatest(0, (share + z*z / (2*tested)
        - z * sqrt(share * (1 - share) / tested + z*z / (4*tested*tested)))
        / (1 + z*z / tested)), 3) as low,
    round(least(1, (share + z*z / (2*tested)
        + z * sqrt(share * (1 - share) / tested + z*z / (4*tested*tested)))
        / (1 + z*z / tested)), 3) as high
from shares
order by tested desc, vendor;
