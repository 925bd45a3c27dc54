-- How much of what looked like a claim was kept, left out or failed, by extractor?
-- kept + excluded + failed are all candidates; a superseded reading does not count.
select r.extractor, count(*) as documents, sum(r.kept) as kept, sum(r.excluded) as excluded,
    sum(r.failed) as failed
from reading r
where not exists (select 1 from reading w where w.supersedes_id = r.id)
group by r.extractor
order by r.extractor;
