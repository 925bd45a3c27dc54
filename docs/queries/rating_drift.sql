-- How far has a model's rating drifted from its first day on a board to its newest?
-- A rating is relative to its pool, so it drifts although the model stays the same. Two intervals that
-- do not meet (apart) are more than chance; where one has none, nothing is said.
with ends as (
    select model, board, count(*) as days,
        arg_min(struct_pack(as_of, value, low, high), as_of) as first_day,
        arg_max(struct_pack(as_of, value, low, high), as_of) as last_day
    from rating_series
    group by model, board
)
select model, board, first_day.as_of as first_on, first_day.value as first_rating,
    last_day.as_of as newest_on, last_day.value as newest_rating,
    last_day.value - first_day.value as drift,
    last_day.low > first_day.high or last_day.high < first_day.low as apart
from ends
where days > 1
order by abs(drift) desc, model;
