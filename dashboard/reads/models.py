"""Models: what is on record about each, its releases, results and licences."""

from dashboard.reads.published import Edition, Row, read_rows


def read_models(edition: Edition) -> list[Row]:
    """Every model, who says whether it can be had, and how much is on record about it."""
    return read_rows(
        edition,
        """select m.*, o.url as availability_url, o.title as availability_title,
            (select count(*) from claim c where c.model_id = m.id) as claims,
            (select count(*) from release r where r.model_id = m.id) as releases,
            (select count(*) from measurement x where x.model_id = m.id) as measurements
        from model m left join source o on o.id = m.availability_source_id
        order by lower(m.vendor), lower(m.name)""",
    )


def read_releases(edition: Edition, model_id: str) -> list[Row]:
    """What can be downloaded of a model."""
    return read_rows(
        edition,
        """select r.*, o.url, o.title, o.publisher from release r
        join source o on o.id = r.source_id where r.model_id = ?
        order by r.published_on nulls last, r.repository""",
        model_id,
    )


def read_model_measurements(edition: Edition, model_id: str) -> list[Row]:
    """What was measured of a model, by anybody."""
    return read_rows(
        edition,
        """select x.*, o.url, o.title, o.publisher from measurement x
        left join source o on o.id = x.source_id where x.model_id = ?
        order by x.metric, cast(json_extract(x.conditions, '$.context_tokens') as bigint),
            x.as_of, x.id""",
        model_id,
    )


def read_licence_terms(edition: Edition) -> list[Row]:
    """What was read in licences, and reported of them, by model, with the text's address."""
    return read_rows(
        edition,
        """select x.*, m.name as model, m.vendor, o.url, o.title, o.publisher
        from measurement x join model m on m.id = x.model_id
        left join source o on o.id = x.source_id
        where x.metric like 'license\\_%' escape '\\' or x.metric = 'use_policy_text'
        order by lower(m.vendor), lower(m.name), m.id, x.metric, o.url, x.locator, x.id""",
    )
