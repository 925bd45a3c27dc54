"""`kb lint-table`: a published table of scores, checked against its own rule."""

from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from kb.cli.console import as_plain_text, err, out, print_json
from kb.cli.options import JsonFlag
from kb.domain.errors import UserError
from kb.records import table_lint
from kb.records.table_lint import TableReport
from kb.text.counting import count_things


def lint_table(
    file: Annotated[Path, typer.Argument(help="CSV: model, score_4k, score_8k …")],
    threshold: Annotated[
        float | None, typer.Option(help="One threshold for all rows; RULER uses 85.6.")
    ] = None,
    share: Annotated[
        float | None, typer.Option(help="A share of each row's base_score; NoLiMa uses 0.85.")
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Check a published table of scores against its own rule.

    Effective lengths and averages are recomputed, and contradictions listed. Columns: model, one
    for each length (score_4k, 128k …), and, where the table has them, effective, average,
    base_score and threshold. If there is a base score the rule is 85% of it; otherwise it is
    a threshold of 85.6. A cell that equals the threshold as printed is listed as a tie. The exit
    status is 1 if anything contradicts the rule.

    Example: kb lint-table published/ruler.csv
    """
    report = table_lint.lint_table(_read(file), _as_decimal(threshold), _as_decimal(share))
    wrong = [issue for issue in report.issues if issue.kind != "tie"]
    if as_json:
        print_json({**vars(report), "issues": [vars(issue) for issue in report.issues]})
    else:
        _print(report)
    ties = len(report.issues) - len(wrong)
    err.print(
        f"{count_things(report.rows, 'row')}, rule: {report.rule}; "
        f"{count_things(len(wrong), 'contradiction')}, {count_things(ties, 'tie')}"
    )
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
    table = Table("line", "model", "issue", "printed", "computed", "reason")
    for issue in report.issues:
        cells = (issue.model, issue.kind, issue.printed, issue.computed, issue.words)
        table.add_row(str(issue.line), *(as_plain_text(cell) for cell in cells))
    out.print(table)
