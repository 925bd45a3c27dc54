"""Query the published file in SQL: one SELECT, read-only, within limits."""

import csv
import io

import streamlit as st

from dashboard.page import Group, Page
from dashboard.parts.layout import get_edition, show, show_empty, show_head, show_section
from dashboard.reads.published import Edition, read_rows
from dashboard.sql.querying import LONGEST_SQL, QueryResult, ask_sql
from dashboard.wording.markup import make_table, tag
from kb.domain.errors import UserError
from kb.text.counting import count_things
from kb.text.plain_text import as_csv_cell

_EXAMPLE = """\
select vendor, outcome, count(*) as claims
from claims_vs_reality
group by all order by all"""
_STANDFIRST = (
    "Every page of this site draws on one file, published.duckdb. You can also download it and "
    "query it yourself."
)
_SHOWN = 200
_MOST_MB = 200
_BOUNDS = (
    "Times are UTC. A query may run for at most ten seconds, in a separate process that can read "
    "this file "
    "and nothing else."
)
_COLUMNS = """
    with told as (
        select table_name as name, comment as words from duckdb_tables()
        union all select view_name, comment from duckdb_views() where not internal
    )
    select c.table_name, t.words, c.column_name, c.data_type, c.comment
    from duckdb_columns() c join told t on t.name = c.table_name
    order by c.table_name, c.column_index
"""


def show_page() -> None:
    """Lay out the query, its result, and the tables."""
    edition = get_edition()
    show_head("Query", "Query the data in SQL", _STANDFIRST)
    with st.form("query", border=False):
        sql = st.text_area(
            "One SELECT statement (DuckDB)", _EXAMPLE, height=180, max_chars=LONGEST_SQL
        )
        is_asked = st.form_submit_button("Run")
    if is_asked:
        _show_result(edition, sql)
    _show_columns(edition)
    _show_download(edition)


def _show_result(edition: Edition, sql: str) -> None:
    try:
        result = ask_sql(edition, sql)
    except UserError as error:
        show_empty(f"No result: {error}")
        return
    more = "" if result.is_whole else "; further rows were left out"
    shown = f", of which the first {_SHOWN} are shown" if len(result.rows) > _SHOWN else ""
    show_section("Result", f"{count_things(len(result.rows), 'row')}{more}{shown}.")
    show(make_table(result.columns, result.rows[:_SHOWN]))
    st.download_button(
        "Download CSV", write_csv(result), file_name="as-claimed-query.csv", mime="text/csv",
        on_click="ignore",
    )  # fmt: skip


def write_csv(result: QueryResult) -> str:
    """Return the result as CSV that is safe to open in a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([as_csv_cell(column) for column in result.columns])
    writer.writerows([as_csv_cell(cell) for cell in row] for row in result.rows)
    return out.getvalue()


def _show_columns(edition: Edition) -> None:
    show_section("Tables and columns", "Everything you can query.")
    rows = read_rows(edition, _COLUMNS)
    for name in dict.fromkeys(row["table_name"] for row in rows):
        own = [row for row in rows if row["table_name"] == name]
        with st.expander(f"{name}: {own[0]['words']}"):
            cells = ([row["column_name"], row["data_type"], row["comment"]] for row in own)
            show(make_table(("Column", "Type", "Meaning"), cells))
    show(tag("p", _BOUNDS, css="ac-note"))


def _show_download(edition: Edition) -> None:
    size = edition.path.stat().st_size / 1e6
    show_section("Download the file", f"{size:,.1f} MB. DuckDB 1.2 or later opens it.")
    if size > _MOST_MB:  # it would be held in memory for each reader
        show_empty("The file is too large to download here. Ask whoever runs this site for a copy.")
        return
    st.download_button(
        "Download DuckDB file", edition.path.read_bytes, file_name="as_claimed.duckdb",
        mime="application/octet-stream", on_click="ignore",
    )  # fmt: skip


PAGE = Page("Query", "query", show_page, Group.EVIDENCE, order=30)
