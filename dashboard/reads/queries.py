"""The long queries on the published file, as SQL: claims, and what bears on one.

A claim that was said in other words too stands for all of them: what belongs to one of its
group belongs to it (the view `same_claims`).
"""

CLAIMS = "select v.* from claims_vs_reality v"

# What was tested comes first, then what is on the founding list.
ORDERED = """
    order by coalesce(v.basis, 'none') = 'none', v.seed nulls last, lower(v.vendor),
        lower(v.model), v.claim_type, v.metric, v.claimed_text, v.claim_id
"""

ONE_CLAIM = """
    where v.claim_id in (select member_id from same_claims where claim_id = ?)
        or upper(v.seed) = upper(?)
"""

SIGHTINGS = """
    select s.*, o.url, o.publisher, o.kind, o.title, o.published_on, o.read_on,
        o.text_sha256, n.sha256 as snapshot_sha256, n.fetched_at
    from current_sightings s join source o on o.id = s.source_id
    left join snapshot n on n.id = s.snapshot_id
    where s.claim_id in (select member_id from same_claims where claim_id = ?)
    order by s.said_on nulls last, o.published_on nulls last, s.id
"""

# Which results those are is found first: the join of all with all would grow with the base.
MEASUREMENTS = """
        with told as (
            select ve.measurement_id as id from verdict_evidence ve
            join current_verdicts v on v.id = ve.verdict_id where v.claim_id = $1
        ), chosen as (
            select id from told
            union select x.id from measurement x join plan p on p.id = x.plan_id
                where p.claim_id in (select member_id from same_claims where claim_id = $1)
            union select x.id from measurement x join claim c on c.model_id = x.model_id
                where c.id = $1 and x.plan_id is null
                and (x.metric = coalesce(c.metric, c.claim_type)
                    or (c.claim_type = 'context_length' and x.metric in (
                        'accepted_context', 'effective_context', 'served_context',
                        'declared_context')))
        )
        select x.*, o.url, o.publisher, o.title, e.engine, e.engine_version, e.hardware,
            e.dtype, e.served_window_tokens, e.weights_sha256, e.template_sha256, e.settings,
            p.probe, p.probe_version, p.parameters, p.seed as plan_seed, mm.name as model,
            r.repository, r.revision, x.id in (select id from told) as in_verdict
        from chosen k join measurement x on x.id = k.id join model mm on mm.id = x.model_id
        left join source o on o.id = x.source_id left join plan p on p.id = x.plan_id
        left join environment e on e.id = x.environment_id
        left join release r on r.id = x.release_id
        order by in_verdict desc, x.metric,
            cast(json_extract(x.conditions, '$.context_tokens') as bigint), x.as_of, x.id
"""

# Of the model that the claim is about, and of those that its verdict tells it apart from.
RATING_SERIES = """
    select s.* from rating_series s join claim c on c.id = ?
    where s.board = coalesce(json_extract_string(c.conditions, '$.board'), s.board)
        and (s.model_id = c.model_id or s.model_id in (
            select x.model_id from current_verdicts v
            join verdict_evidence ve on ve.verdict_id = v.id
            join measurement x on x.id = ve.measurement_id where v.claim_id = c.id))
    order by s.board, s.as_of, s.model_id
"""

CLAIM_BATTLES = """
    select * from battles
    where claim_id in (select member_id from same_claims where claim_id = ?)
    order by contest_id, battle_id
"""

MODEL_BATTLES = """
    select * from battles where challenger_id = ? or opponent_id = ?
    order by contest_id, battle_id
"""
