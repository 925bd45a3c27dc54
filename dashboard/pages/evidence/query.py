"""Ask the published file in SQL: one select, read-only, within bounds."""

import csv
import io

import streamlit as st

from dashboard.page import Group, Page
from dashboard.parts.layout import get_edition, show, show_empty, show_head, show_section
from dashboard.reads.published import Edition, read_rows
from dashboard.sql.querying import LONGEST_SQL, Answer, ask_sql
from dashboard.wording.markup import make_table, tag
from kb.domain.errors import UserError
from kb.text.counting import count_things
from kb.text.plain_text import as_csv_cell

_EXAMPLE = """\
select vendor, outcome, count(*) as claims
from claims_vs_reality
group by all order by all"""
_STANDFIRST = "The same file that every page reads, and that you can download and query yourself."
_SHOWN = 200
_MOST_MB = 200
_BOUNDS = (
    "Times are UTC. A question has ten seconds, and a process of its own that can read this file "
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
    """Lay out the question, its answer, and what there is to ask."""
    edition = get_edition()
    show_head("Query", "Ask in SQL", _STANDFIRST)
    with st.form("query", border=False):
        sql = st.text_area("One select (DuckDB)", _EXAMPLE, height=180, max_chars=LONGEST_SQL)
        is_asked = st.form_submit_button("Ask")
    if is_asked:
        _show_answer(edition, sql)
    _show_columns(edition)
    _show_download(edition)


def _show_answer(edition: Edition, sql: str) -> None:
    try:
        answer = ask_sql(edition, sql)
    except UserError as error:
        show_empty(f"No answer: {error}")
        return
    more = "" if answer.is_whole else "; there is more, which is left out"
    shown = f", the first {_SHOWN} of them here" if len(answer.rows) > _SHOWN else ""
    show_section("The answer", f"{count_things(len(answer.rows), 'row')}{more}{shown}.")
    show(make_table(answer.columns, answer.rows[:_SHOWN]))
    st.download_button(
        "Download CSV", write_csv(answer), file_name="as-claimed-query.csv", mime="text/csv",
        on_click="ignore",
    )  # fmt: skip


def write_csv(answer: Answer) -> str:
    """Return the answer as CSV that is safe to open in a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([as_csv_cell(column) for column in answer.columns])
    writer.writerows([as_csv_cell(cell) for cell in row] for row in answer.rows)
    return out.getvalue()


def _show_columns(edition: Edition) -> None:
    show_section("What there is to ask", "Tables, views and their columns.")
    rows = read_rows(edition, _COLUMNS)
    for name in dict.fromkeys(row["table_name"] for row in rows):
        own = [row for row in rows if row["table_name"] == name]
        with st.expander(f"{name}: {own[0]['words']}"):
            cells = ([row["column_name"], row["data_type"], row["comment"]] for row in own)
            show(make_table(("Column", "Type", "What it is"), cells))
    show(tag("p", _BOUNDS, css="ac-note"))


def _show_download(edition: Edition) -> None:
    size = edition.path.stat().st_size / 1e6
    show_section("The whole file", f"{size:,.1f} MB. DuckDB 1.2 and every later version opens it.")
    if size > _MOST_MB:  # it would be held in memory for each reader
        show_empty("It is too large to send from this page; ask whoever runs it for a copy.")
        return
    st.download_button(
        "Download DuckDB file", edition.path.read_bytes, file_name="as_claimed.duckdb",
        mime="application/octet-stream", on_click="ignore",
    )  # fmt: skip


PAGE = Page("Query", "query", show_page, Group.EVIDENCE, order=30)
