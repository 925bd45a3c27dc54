"""The evidence on one claim: where it was said, what was measured, what was answered.

A claim stands for all that say the same in other words (the view `same_claims`): what belongs to
one of them belongs to it.
"""

from dashboard.reads.published import Edition, Row, read_rows

_SIGHTINGS = """
    select s.*, o.url, o.publisher, o.kind, o.title, o.published_on, o.read_on,
        o.text_sha256, n.sha256 as snapshot_sha256, n.fetched_at
    from current_sightings s join source o on o.id = s.source_id
    left join snapshot n on n.id = s.snapshot_id
    where s.claim_id in (select member_id from same_claims where claim_id = ?)
    order by s.said_on nulls last, o.published_on nulls last, s.id
"""

# Which results those are is found first: the join of all with all would grow with the base.
_MEASUREMENTS = """
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
            p.probe, p.probe_version, p.parameters, p.seed as plan_seed,
            d.description as plan_description, mm.name as model,
            r.repository, r.revision, x.id in (select id from told) as in_verdict
        from chosen k join measurement x on x.id = k.id join model mm on mm.id = x.model_id
        left join source o on o.id = x.source_id left join plan p on p.id = x.plan_id
        left join plan_description d on d.plan_id = p.id
        left join environment e on e.id = x.environment_id
        left join release r on r.id = x.release_id
        order by in_verdict desc, x.metric,
            cast(json_extract(x.conditions, '$.context_tokens') as bigint), x.as_of, x.id
"""


def read_sightings(edition: Edition, claim_id: str) -> list[Row]:
    """Where a claim was seen, in whatever words, with the source and the snapshot, oldest first."""
    return read_rows(edition, _SIGHTINGS, claim_id)


def read_changes(edition: Edition, claim_id: str) -> list[Row]:
    """Sources that said a claim once and no longer do, newest change first."""
    return read_rows(edition, "select * from claim_changes where claim_id = ?", claim_id)


def read_vendor_replies(edition: Edition, claim_id: str) -> list[Row]:
    """What vendors answered to a claim, in whatever words it was said, oldest first."""
    return read_rows(
        edition,
        """with said as (select member_id from same_claims where claim_id = ?)
        select * from vendor_reply where claim_id in (select member_id from said)
            or claim_id in (
                select old_id from correction where new_id in (select member_id from said))
        order by coalesce(said_on, cast(accepted_at as date)), id""",
        claim_id,
    )


def read_measurements(edition: Edition, claim_id: str) -> list[Row]:
    """All that bears on a claim: what its verdict rests on, what its plans gave, what others say.

    `in_verdict` tells the first kind; those come first.
    """
    return read_rows(
        edition,
        _MEASUREMENTS,
        claim_id,
    )


def read_curve(edition: Edition, claim_id: str) -> list[Row]:
    """Score against prompt length, for each plan of a claim."""
    return read_rows(
        edition,
        """select * from context_curve
        where claim_id in (select member_id from same_claims where claim_id = ?)""",
        claim_id,
    )


def read_depths(edition: Edition, claim_id: str) -> list[Row]:
    """Score by prompt length and place of the answer, for each plan of a claim."""
    return read_rows(
        edition,
        """select * from depth_map
        where claim_id in (select member_id from same_claims where claim_id = ?)""",
        claim_id,
    )


def read_trials(edition: Edition, claim_id: str) -> list[Row]:
    """Every question that was asked for a claim, and the raw answer."""
    return read_rows(
        edition,
        """select t.* from trial t join plan p on p.id = t.plan_id
        where p.claim_id in (select member_id from same_claims where claim_id = ?)
        order by t.context_tokens, t.depth, t.item""",
        claim_id,
    )


def read_probes(edition: Edition) -> list[Row]:
    """The probes, in the order in which they test a claim, with what they say of themselves."""
    return read_rows(edition, "select * from probe order by place")
