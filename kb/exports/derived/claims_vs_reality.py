"""The table that most readers want: what was said, the verdict, and the figure found beside it.

It is computed once, when an edition is written, so that pages and analysts read it in milliseconds
however many claims there are.
"""

NAME = "claims_vs_reality"
COMMENT = "One row per claim: what was said, the verdict, and the main figure found."
COLUMNS = {
    "claim_id": "The claim that represents all that say the same thing in other words.",
    "seed": "Row in the founding list.",
    "model_id": "The model it is about.",
    "model": "Name of the model, as the vendor spells it.",
    "vendor": "Who makes the model.",
    "availability": "Whether anyone can get the model's weights.",
    "claim_type": "Key into the table of claim types.",
    "metric": "Name of the test, for scores.",
    "subject_text": "The model's name as the source gives it.",
    "claimed_text": "The claim in a few words.",
    "operator": "=, ~, <=, <, >= or >.",
    "claimed_value": "Claimed value, decimal K and M.",
    "claimed_high": "Upper reading of the value.",
    "unit": "Unit of the claimed value.",
    "conditions": "The conditions under which it is claimed to hold.",
    "said_by": "Who made the claim, as a page names them.",
    "maker": "The organisation that made it: the vendor, where the vendor is charged with it.",
    "said_as": "On what ground we say so: own_document, quoted, release, quoted_other, "
    "other_document, reported or question.",
    "is_vendors_claim": "Whether it is charged to the model's vendor.",
    "question": "Why we ask it, where nobody made the claim.",
    "outcome": "supported, overstated, refuted, inconclusive (not settled), wrong_artefact "
    "(wrong model), not_testable, pending or untested; empty before it is judged.",
    "basis": "What the verdict rests on.",
    "explanation": "The verdict in plain words.",
    "words_version": "Version of the template that made these words.",
    "rule": "Rule of the verdict, as name/version.",
    "verdict_id": "The current verdict.",
    "judged_at": "When it was given, UTC.",
    "found_metric": "What the main result behind the verdict measures.",
    "found_value": "That result.",
    "found_low": "Lower end of its interval.",
    "found_high": "Upper end of its interval.",
    "found_text": "The result, if it is not a number.",
    "found_unit": "Unit of the result.",
    "found_n": "Number of trials or votes behind it.",
    "found_basis": "measured_here, read_from_release or reported_by_others.",
    "found_by": "Who found it.",
    "log10_claimed_over_found": "Orders of magnitude between claim and result, in one unit.",
    "is_measured_here": "Whether we measured anything for this claim.",
    "figure_of_id": "The model that earned the figure, if it is another one.",
    "figure_of": "Its name.",
    "figure_availability": "Whether anyone can get its weights.",
    "figure_reason": "Why the figure is attributed to that model.",
    "sightings": "How many sightings it has.",
    "wordings": "How many wordings it has.",
}
QUERY = """
    select
        c.id as claim_id, c.seed, m.id as model_id, m.name as model, m.vendor, m.availability,
        c.claim_type, c.metric, c.subject_text, c.claimed_text, c.operator,
        c.claimed_value, c.claimed_high, c.unit, c.conditions,
        k.said_by, k.maker, k.said_as, k.is_vendors_claim, c.question,
        v.outcome, v.basis, v.explanation, v.words_version, v.rule, v.id as verdict_id,
        v.judged_at,
        x.metric as found_metric, x.value as found_value, x.low as found_low,
        x.high as found_high, x.text as found_text, x.unit as found_unit, x.n as found_n,
        x.basis as found_basis,
        case when x.id is not null then coalesce(x.reported_by, 'As Claimed') end as found_by,
        case when c.claimed_value > 0 and x.value > 0 and c.unit = x.unit
            and v.outcome in ('supported', 'overstated', 'refuted', 'wrong_artefact')
            then log10(c.claimed_value / x.value) end as log10_claimed_over_found,
        h.canonical_id is not null as is_measured_here,
        a.model_id as figure_of_id, b.name as figure_of, b.availability as figure_availability,
        a.reason as figure_reason, n.sightings, w.wordings
    from claim c
    join claim_group g on g.claim_id = c.id and g.canonical_id = c.id
    join model m on m.id = c.model_id
    join claim_maker k on k.claim_id = c.id
    join (
        select o.canonical_id, count(*) as sightings
        from current_sightings s join claim_group o on o.claim_id = s.claim_id group by 1
    ) n on n.canonical_id = c.id
    join (select canonical_id, count(*) as wordings from claim_group group by 1) w
        on w.canonical_id = c.id
    left join current_verdicts v on v.claim_id = c.id
    left join claim_attribution a on a.claim_id = c.id
    left join model b on b.id = a.model_id
    left join verdict_evidence e on e.verdict_id = v.id and e.position = 0
        and v.basis <> 'none' -- a result that only comes near is shown and was not "found"
    left join measurement x on x.id = e.measurement_id
    left join (
        select distinct o.canonical_id from measurement r join plan p on p.id = r.plan_id
        join claim_group o on o.claim_id = p.claim_id where r.basis = 'measured_here'
    ) h on h.canonical_id = c.id
    order by c.seed nulls last, m.vendor, m.name, c.claim_type, c.id
"""
