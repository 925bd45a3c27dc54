-- Which claims does a source no longer make: edited into another, or withdrawn?
-- Between last_seen_at and gone_at it changed. sha256 and archive_name lead to the bytes of both days.
select h.model, h.claimed_text, h.fate, h.replaced_by_text, h.url,
    h.last_seen_at, l.sha256 as last_sha256, l.archive_name as last_archive_name,
    h.gone_at, g.sha256 as gone_sha256, g.archive_name as gone_archive_name, h.claim_id
from claim_changes h
join snapshot l on l.id = h.last_id
join snapshot g on g.id = h.gone_id
order by h.gone_at desc, h.claim_id;
