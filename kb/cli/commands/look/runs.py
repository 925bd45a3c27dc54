"""`kb runs`: the logs of long commands."""

from rich.table import Table

from kb.cli.console import as_plain_text, out, print_json
from kb.cli.options import JsonFlag
from kb.settings import load_settings
from kb.store.home.run_log import read_runs


def runs(as_json: JsonFlag = False) -> None:
    """List past runs of long commands and what they left out."""
    logs = read_runs(load_settings().runs)
    if as_json:
        print_json([vars(log) for log in logs])
        return
    table = Table("run", "status", "started", "finished", "done", "left out")
    for log in logs:
        done = ", ".join(f"{name} {value}" for name, value in log.done.items())
        table.add_row(
            log.id, log.status, log.started_at, log.finished_at or "",
            as_plain_text(done), as_plain_text("; ".join(log.left_out)),
        )  # fmt: skip
    out.print(table)
