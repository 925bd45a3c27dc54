-- What share of the claims that each organisation makes held up, where they were tested?
-- A vendor is charged only with what its own documents, or quotations of it, say; questions of ours
-- and what stands in a release's files are nobody's claims.
-- low and high are the Wilson score interval at 95% (Wilson 1927, JASA 22:209-212), z = 1.959964.
-- Not settled, pending, untested and not testable are no test: they are counted apart.
with counted as (
    select maker,
        count(*) filter (where outcome = 'supported') as held,
        count(*) filter (where outcome in
            ('supported', 'overstated', 'refuted', 'wrong_artefact')) as tested,
        count(*) as claims
    from claims_vs_reality
    where said_as not in ('question', 'release')
    group by maker
), shares as (
    select *, held / tested as share, 1.959964 as z from counted where tested > 0
)
select maker, held, tested, claims, round(share, 3) as share,
    round(greatest(0, (share + z*z / (2*tested)
        - z * sqrt(share * (1 - share) / tested + z*z / (4*tested*tested)))
        / (1 + z*z / tested)), 3) as low,
    round(least(1, (share + z*z / (2*tested)
        + z * sqrt(share * (1 - share) / tested + z*z / (4*tested*tested)))
        / (1 + z*z / tested)), 3) as high
from shares
order by tested desc, maker;
