-- Everything that the verdict on one claim rests on, the weightiest first (here: S01).
-- A result of ours names plan, machine and the digest of the weights; one of others its source.
-- answers counts the raw answers behind it; `trial` holds each. `kb bundle S01` packs all of it.
select position, metric, value, low, high, text, unit, n, n_unit, basis, found_by, source_url,
    probe, probe_version, engine, engine_version, hardware, weights_sha256, answers, measurement_id
from verdict_trail
where seed = 'S01'
order by position;
