"""The views of the published file, as SQL with the words that document them."""

from dataclasses import dataclass

from kb.domain.in_force.superseding import CURRENT_VERDICTS


@dataclass(frozen=True)
class View:
    """A view: its name, what it answers, and its query (DuckDB SQL)."""

    name: str
    comment: str
    query: str


VIEWS: tuple[View, ...] = (
    View(
        "current_verdicts",
        "The current verdict on each claim: the one that no other supersedes.",
        CURRENT_VERDICTS,
    ),
    View(
        "current_sightings",
        "Current sightings: those of records in force, and those from the latest reading of each "
        "snapshot. No others are published.",
        "select s.* from sighting s",
    ),
    View(
        "claim_changes",
        "Claims that a source no longer makes: edited into another one, or withdrawn.",
        """
        select h.*, c.claimed_text, m.name as model, m.vendor, c.claim_type, o.url, o.publisher,
            r.claimed_text as replaced_by_text, f.fetched_at as first_seen_at,
            l.fetched_at as last_seen_at, g.fetched_at as gone_at
        from claim_history h
        join claim c on c.id = h.claim_id join model m on m.id = c.model_id
        join source o on o.id = h.source_id
        join snapshot f on f.id = h.first_id join snapshot l on l.id = h.last_id
        join snapshot g on g.id = h.gone_id
        left join claim r on r.id = h.replaced_by
        order by g.fetched_at desc, h.claim_id
        """,
    ),
    View(
        "audit_findings",
        "What readers found in the current audits: each fact that is not right, as it stood in the "
        "records.",
        """
        select a.day, a.seed, j.reader, j.place, j.facts, j.outcome, j.parts, j.note, j.kind,
            j.says, j.source_url, j.fact_id, j.audit_id
        from audit_judgement j join audit a on a.id = j.audit_id
        where j.outcome <> 'right'
            and not exists (select 1 from audit b where b.supersedes_id = a.id)
        order by a.day desc, a.seed, j.reader, j.position
        """,
    ),
    View(
        "verdict_trail",
        "All the evidence behind each current verdict, the weightiest first: the result, with its "
        "plan, hardware and weights if it is ours, or its source if it is not.",
        """
        select v.id as verdict_id, c.id as claim_id, c.seed, v.outcome, v.rule, e.position,
            x.id as measurement_id, x.metric, x.value, x.low, x.high, x.text, x.unit, x.n, x.n_unit,
            x.basis, coalesce(x.reported_by, 'As Claimed') as found_by, x.as_of, x.conditions,
            o.url as source_url, x.locator, p.id as plan_id, p.probe, p.probe_version,
            n.engine, n.engine_version, n.hardware, n.dtype, n.weights_sha256,
            r.repository, r.revision, r.manifest_sha256,
            (select count(*) from trial t where t.plan_id = p.id) as answers
        from current_verdicts v join claim c on c.id = v.claim_id
        join verdict_evidence e on e.verdict_id = v.id
        join measurement x on x.id = e.measurement_id
        left join source o on o.id = x.source_id
        left join plan p on p.id = x.plan_id
        left join environment n on n.id = x.environment_id
        left join release r on r.id = x.release_id
        """,
    ),
    View(
        "same_claims",
        "Every claim paired with every claim that says the same thing, itself included.",
        """
        select g.claim_id, o.claim_id as member_id
        from claim_group g join claim_group o on o.canonical_id = g.canonical_id
        """,
    ),
    View(
        "claim_groups",
        "Claims that say the same thing in other words: the one that represents them, and all "
        "wordings.",
        """
        select g.canonical_id, c.claimed_text, list(g.claim_id order by g.claim_id) as claim_ids,
            list(o.claimed_text order by g.claim_id) as wordings
        from claim_group g join claim c on c.id = g.canonical_id join claim o on o.id = g.claim_id
        group by g.canonical_id, c.claimed_text having count(*) > 1 order by 1
        """,
    ),
    View(
        "context_curve",
        "Mean score by prompt length, with its interval, for each plan of the probe "
        "`context_ladder`.",
        """
        select p.claim_id, x.plan_id, x.model_id,
            cast(json_extract(x.conditions, '$.context_tokens') as bigint) as context_tokens,
            x.value, x.low, x.high, x.n
        from measurement x join plan p on p.id = x.plan_id
        where x.metric = 'length_score'
        order by 1, 2, 4
        """,
    ),
    View(
        "depth_map",
        "Mean score by prompt length and by the fifth of the text in which the answer lies.",
        """
        select p.claim_id, t.plan_id, t.context_tokens,
            cast(least(floor(t.depth * 5), 4) as integer) as part,
            avg(t.score) as value, count(*) as n
        from trial t join plan p on p.id = t.plan_id
        where t.depth is not null and p.probe = 'context_ladder'
        group by all order by 1, 2, 3, 4
        """,
    ),
    View(
        "rating_series",
        "Ratings of models on leaderboards, dated, with interval, votes and rank.",
        """
        select distinct m.id as model_id, m.name as model, m.vendor, m.availability,
            coalesce(json_extract_string(x.conditions, '$.board'), 'a board') as board,
            x.as_of, x.value, x.low, x.high, x.n, x.rank
        from measurement x join model m on m.id = x.model_id
        where x.metric = 'elo' and x.value is not null and x.as_of is not null
        order by board, m.id, x.as_of, x.value
        """,
    ),
    View(
        "battles",
        "Battles between released weights: both answers to a prompt, and the judge's decision.",
        """
        select b.id as battle_id, b.contest_id, k.claim_id, k.judge, r.item, r.kind, r.prompt,
            cm.id as challenger_id, cm.name as challenger, r.answer,
            om.id as opponent_id, om.name as opponent, o.answer as opponent_answer,
            b.score, b.verdicts, b.judged_at
        from battle b join contest k on k.id = b.contest_id
        join reply r on r.id = b.reply_id join reply o on o.id = b.opponent_reply_id
        join release cr on cr.id = r.release_id join model cm on cm.id = cr.model_id
        join release rr on rr.id = o.release_id join model om on om.id = rr.model_id
        order by b.contest_id, r.item, om.id
        """,
    ),
)
