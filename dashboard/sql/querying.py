"""Run a reader's SQL on the published file, in a separate process that can be killed."""

import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dashboard.reads.published import Edition
from kb.domain.errors import UserError

LONGEST_SQL = 10_000
_WORKER = Path(__file__).with_name("query_worker.py")
_TIME_S, _WAIT_S = 10.0, 5.0
_AT_ONCE = threading.BoundedSemaphore(2)


@dataclass(frozen=True)
class QueryResult:
    """Names of columns, and rows as text; not `is_whole` if there were more rows."""

    columns: list[str]
    rows: list[list[str | None]]
    is_whole: bool


def ask_sql(edition: Edition, sql: str, time_s: float = _TIME_S) -> QueryResult:
    """Return the result of one SELECT; raise UserError when it is refused or takes too much."""
    if len(sql) > LONGEST_SQL:
        raise UserError(
            f"a query has at most {LONGEST_SQL:,} characters; this one has {len(sql):,}"
        )
    if not _AT_ONCE.acquire(timeout=_WAIT_S):
        raise UserError("other queries are running; try again in a moment")
    try:
        told = _run(edition, sql, time_s)
    finally:
        _AT_ONCE.release()
    if "refused" in told:
        raise UserError(str(told["refused"]))
    return QueryResult(**told)


def _run(edition: Edition, sql: str, time_s: float) -> dict[str, Any]:
    command = [sys.executable, "-I", str(_WORKER), str(edition.path)]
    try:
        done = subprocess.run(  # noqa: S603
            command, input=sql.encode(errors="replace"), capture_output=True, timeout=time_s,
            check=False, env={}, cwd=os.sep,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise UserError(f"it took longer than {time_s:.0f} s; ask for less") from None
    try:
        return dict(json.loads(done.stdout))
    except ValueError:
        raise UserError("it took too much memory or time and was stopped; ask for less") from None
