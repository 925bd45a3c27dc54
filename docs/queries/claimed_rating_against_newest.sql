-- A rating as it was claimed, and the newest rating of the same model on the same board.
select v.model, v.claimed_value as claimed, s.board, s.value as newest, s.low, s.high, s.n as votes,
    s.as_of as newest_on, s.value - v.claimed_value as difference, v.outcome, v.claim_id
from claims_vs_reality v
join claim c on c.id = v.claim_id
join rating_series s on s.model_id = v.model_id
    and s.board = coalesce(json_extract_string(c.conditions, '$.board'), s.board)
where v.claim_type = 'elo'
qualify row_number() over (partition by v.claim_id, s.board order by s.as_of desc) = 1
order by v.model, v.claim_id, s.board;
