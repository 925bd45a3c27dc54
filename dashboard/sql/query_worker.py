"""Run one query on the published file, shut off from everything else.

`python -I query_worker.py FILE`, a separate process for each query: SQL comes in, a JSON object
goes out. It imports nothing of ours, opens the file read-only, may touch no other file and
no network, and has bounds on memory, time and output. Only one `select`, and only table functions
that are known to be harmless: some others take addresses in memory.
"""

import json
import resource
import sys

import duckdb

MOST_ROWS = 1000
_MOST_CELL, _MOST_OUTPUT = 2000, 2_000_000  # characters
_GIB = 1024**3
_BOUNDS = {
    resource.RLIMIT_AS: 3 * _GIB,
    resource.RLIMIT_CPU: 30,
    resource.RLIMIT_FSIZE: 0,
    resource.RLIMIT_CORE: 0,
    resource.RLIMIT_NOFILE: 64,
}
_CONFIG = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "allow_persistent_secrets": "false",
    "python_enable_replacements": "false",
    "memory_limit": "512MB",
    "threads": "2",
    "temp_directory": "",
    "lock_configuration": "true",
}
TABLE_FUNCTIONS = frozenset(
    ("unnest", "generate_series", "range", "duckdb_tables", "duckdb_columns", "duckdb_views")
)


class RefusedQueryError(Exception):
    """A query that is refused, with the reason."""


def main(path: str) -> None:
    """Read SQL from standard input; print what it gives, or why not."""
    for kind, most in _BOUNDS.items():
        resource.setrlimit(kind, (most, most))
    try:
        answer = _answer(path, sys.stdin.read())
    except (RefusedQueryError, duckdb.Error) as error:
        answer = {"refused": str(error)[:_MOST_CELL]}
    except (MemoryError, RecursionError):
        answer = {"refused": "it takes too much memory"}
    json.dump(answer, sys.stdout)


def _answer(path: str, sql: str) -> dict[str, object]:
    with duckdb.connect(path, read_only=True, config=_CONFIG) as connection:
        statements = connection.extract_statements(sql)
        if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
            raise RefusedQueryError("only a single SELECT statement is allowed")
        _check_functions(connection, sql)
        result = connection.execute(statements[0])
        columns = [column[0] for column in result.description or []]
        rows: list[list[str | None]] = []
        size = 0
        while size < _MOST_OUTPUT and len(rows) <= MOST_ROWS and (row := result.fetchone()):
            rows.append([None if cell is None else str(cell)[:_MOST_CELL] for cell in row])
            size += sum(len(cell or "") for cell in rows[-1])
    is_whole = size < _MOST_OUTPUT and len(rows) <= MOST_ROWS
    return {"columns": columns, "rows": rows[:MOST_ROWS], "is_whole": is_whole}


def _check_functions(connection: duckdb.DuckDBPyConnection, sql: str) -> None:
    found = connection.execute("select json_serialize_sql(?)", [sql]).fetchone()
    tree = json.loads(found[0]) if found else {"error": True}
    if tree.get("error"):
        raise RefusedQueryError(
            f"it cannot be checked: {tree.get('error_message', 'no reason given')}"
        )
    pieces = [tree]
    while pieces:
        piece = pieces.pop()
        pieces += piece.values() if isinstance(piece, dict) else piece
        pieces = [part for part in pieces if isinstance(part, dict | list)]
        if isinstance(piece, dict) and piece.get("type") == "TABLE_FUNCTION":
            name = str(piece["function"].get("function_name")).lower()
            if name not in TABLE_FUNCTIONS:
                raise RefusedQueryError(f"the table function {name} is not allowed here")


if __name__ == "__main__":
    main(sys.argv[1])
