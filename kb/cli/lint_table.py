"""The subcommand `kb lint-table`: a published table of scores against its own rule."""

from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from kb.cli.base import JsonFlag
from kb.cli.console import as_plain_text, err, out, print_json
from kb.domain.errors import UserError
from kb.records.table_lint import TableReport, lint_table


def register(app: typer.Typer) -> None:
    """Add this subcommand."""
    app.command("lint-table")(lint)


def lint(
    file: Annotated[Path, typer.Argument(help="CSV: model, score_4k, score_8k …")],
    threshold: Annotated[
        float | None, typer.Option(help="One threshold for all rows; RULER's is 85.6.")
    ] = None,
    share: Annotated[
        float | None, typer.Option(help="A share of each row's base_score; NoLiMa's is 0.85.")
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Compute a table's effective lengths and means again, and list what contradicts its rule.

    Columns: model, one for each length (score_4k, 128k …), and, where the table has them,
    effective, average, base_score and threshold. With a base score the rule is 85% of it, else
    a threshold of 85.6. Cells that are the threshold as far as they are printed are told as
    ties. The exit status is 1 if anything contradicts the rule.

    Example: kb lint-table published/ruler.csv
    """
    report = lint_table(_read(file), _as_decimal(threshold), _as_decimal(share))
    wrong = [each for each in report.issues if each.kind != "tie"]
    if as_json:
        print_json({**vars(report), "issues": [vars(each) for each in report.issues]})
    else:
        _print(report)
    ties = len(report.issues) - len(wrong)
    err.print(f"{report.rows} rows, rule: {report.rule}; {len(wrong)} contradictions, {ties} ties")
    if wrong:
        raise typer.Exit(1)


def _as_decimal(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(repr(value))


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise UserError(f"{file}: not UTF-8; save the table as UTF-8") from None
    except OSError as error:
        raise UserError(f"{file}: {error.strerror}") from None


def _print(report: TableReport) -> None:
    if not report.issues:
        return
    table = Table("line", "model", "what", "printed", "by the rule", "why")
    for each in report.issues:
        cells = (each.model, each.kind, each.printed, each.computed, each.words)
        table.add_row(str(each.line), *(as_plain_text(cell) for cell in cells))
    out.print(table)
