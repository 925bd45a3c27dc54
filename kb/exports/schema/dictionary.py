"""The data dictionary of the published file, as Markdown: every table, column and view.

`python -m kb.exports.schema.dictionary` prints it; docs/data-dictionary.md is its output.
"""

from collections.abc import Iterator

from sqlalchemy import Column

from kb.exports.arrow_tables import name_type
from kb.exports.derived import claims_vs_reality, verdict_sentences
from kb.exports.derived_tables import DERIVED
from kb.exports.duckdb_file import SCHEMA_VERSION
from kb.exports.schema.views import VIEWS
from kb.tables import TABLES
from kb.tables.base import Table, get_columns, get_name

_HEAD = f"""\
# Data dictionary

The published file, schema version {SCHEMA_VERSION}. Made by `make dictionary` from what the code
declares; the file holds the same words as comments (`select * from duckdb_columns()`).
Times are UTC. A name in italics is the table that a key refers to.
"""  # noqa: S608 (no query)


def render_dictionary() -> str:
    """Return the dictionary."""
    return "\n".join([_HEAD, *_render_tables(), *_render_derived(), *_render_views()]) + "\n"


def _render_tables() -> Iterator[str]:
    yield "## Tables\n"
    for table in TABLES:
        yield f"### `{get_name(table)}`\n\n{(table.__doc__ or '').splitlines()[0]}\n"
        yield _HEADS
        yield from (_render_column(table, column) for column in get_columns(table))
        if get_name(table) == verdict_sentences.TABLE:
            column = verdict_sentences
            yield f"| `{column.NAME}` | {column.KIND} | {column.WORDS} |"
        yield ""


_HEADS = "| column | type | meaning |\n|---|---|---|"


def _render_column(table: type[Table], column: Column[object]) -> str:
    words = table.model_fields[column.name].description or ""
    keys = sorted(key.column.table.name for key in column.foreign_keys)
    leads = f" *{', '.join(keys)}*" if keys else ""
    return f"| `{column.name}` | {name_type(column)} | {words}{leads} |"


def _render_derived() -> Iterator[str]:
    yield "## Tables computed from the others\n"
    for derived in (*DERIVED, claims_vs_reality):
        yield f"### `{derived.NAME}`\n\n{derived.COMMENT}\n"
        yield "| column | meaning |\n|---|---|"
        yield from (f"| `{name}` | {words} |" for name, words in derived.COLUMNS.items())
        yield ""


def _render_views() -> Iterator[str]:
    yield "## Views\n"
    yield "| view | what it shows |\n|---|---|"
    yield from (f"| `{view.name}` | {view.comment} |" for view in VIEWS)


if __name__ == "__main__":
    print(render_dictionary(), end="")
