"""What the published file holds of models: parts, memory needed, what fits, what was measured.

A model may have several releases with a config; the first by repository stands for it.
"""

from dashboard.charts.memory_curve import Limit, Need
from dashboard.charts.parameters import RolePart
from dashboard.reads.published import Edition, Row, read_rows

_FIRST = """
    (select r.id from release r where r.model_id = ? and r.id in (select release_id from {table})
        order by r.repository, r.id limit 1)
"""


def read_shaped_models(edition: Edition) -> list[Row]:
    """Models whose shape is known, with their parameters and those that a token uses."""
    return read_rows(
        edition,
        """select m.id, m.name, m.vendor, cast(sum(p.parameters) as bigint) as total,
            cast(sum(p.used_per_token) as bigint) as used
        from parameter_part p join model m on m.id = p.model_id
        where p.release_id = (select min(q.release_id) from parameter_part q
            where q.model_id = p.model_id)
        group by m.id, m.name, m.vendor
        order by min(lower(m.vendor)), min(lower(m.name))""",
    )


def read_parts(edition: Edition, model_id: str) -> list[RolePart]:
    """The parameters of a model by what they do."""
    first = _FIRST.format(table="parameter_part")
    rows = read_rows(edition, f"select * from parameter_part where release_id = {first}", model_id)  # noqa: S608
    return [RolePart(row["role"], row["parameters"], row["used_per_token"]) for row in rows]


def read_needs(edition: Edition, model_id: str) -> tuple[list[Need], int, str]:
    """Memory needed by precision and length, what is usable, and on which machine."""
    first = _FIRST.format(table="memory_need")
    query = f"select * from memory_need where release_id = {first} order by context_tokens"  # noqa: S608
    rows = read_rows(edition, query, model_id)
    needs = [
        Need(row["precision"], row["context_tokens"], row["total_bytes"], row["weights_bytes"])
        for row in rows
    ]
    if not rows:
        return [], 0, ""
    return needs, rows[0]["usable_bytes"], rows[0]["hardware"]


def read_limits(edition: Edition, model_id: str) -> list[Row]:
    """The longest prompt by machine and precision, as computed from the shape."""
    return read_rows(
        edition,
        """select x.value, x.low, x.high, x.n, x.n_unit, o.url, o.title,
            json_extract_string(x.conditions, '$.hardware') as hardware,
            json_extract_string(x.conditions, '$.precision') as precision,
            json_extract_string(x.conditions, '$.note') as note
        from measurement x left join source o on o.id = x.source_id
        where x.metric = 'longest_context' and x.model_id = ?
        order by hardware not like 'one %', hardware, precision, x.id""",
        model_id,
    )


def make_limits(rows: list[Row], hardware: str) -> list[Limit]:
    """The limits of one machine, one a precision."""
    found = {
        row["precision"]: Limit(row["precision"], row["value"], row["low"], row["high"])
        for row in rows
        if row["hardware"] == hardware
    }
    return [found[precision] for precision in sorted(found)]


def read_measured_memory(edition: Edition, model_id: str) -> list[Row]:
    """What serving it took here, beside what was predicted, one row a window."""
    return read_rows(
        edition,
        """select cast(json_extract(x.conditions, '$.context_tokens') as bigint) as window_tokens,
            json_extract_string(x.conditions, '$.precision') as precision,
            json_extract_string(x.conditions, '$.hardware') as hardware,
            max(x.value) filter (x.metric = 'peak_memory') as peak_bytes,
            max(x.high) filter (x.metric = 'peak_memory') as peak_high_bytes,
            max(x.n) filter (x.metric = 'peak_memory') as samples,
            max(x.value) filter (x.metric = 'predicted_memory') as predicted_bytes,
            max(x.value) filter (x.metric = 'cache_capacity') as cache_tokens,
            max(x.value) filter (x.metric = 'predicted_cache_capacity') as predicted_tokens,
            max(x.text) filter (x.metric = 'hardware_fit') as outcome,
            max(json_extract_string(x.conditions, '$.note'))
                filter (x.metric = 'hardware_fit') as words
        from measurement x join plan p on p.id = x.plan_id
        where p.probe = 'memory_fit' and x.model_id = ?
        group by 1, 2, 3 order by 1, 2, 3""",
        model_id,
    )
