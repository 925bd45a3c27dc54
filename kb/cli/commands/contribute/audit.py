"""`kb audit`: facts drawn from the records by chance, held against their sources."""

import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from kb.cli.auditing.asking import ask_facts
from kb.cli.auditing.reporting import print_audit
from kb.cli.auditing.source_words import open_words, tell_words
from kb.cli.console import as_plain_text, err, print_json
from kb.cli.options import JsonFlag
from kb.cli.typers import make_typer
from kb.domain.errors import UserError
from kb.records.audits.facts import compute_facts_digest, list_facts
from kb.records.audits.files import AuditFile
from kb.records.audits.sheets import make_judgements, parse_sheet, render_sheet
from kb.records.audits.views import make_audit_view
from kb.settings import load_settings
from kb.stages.load import read_records
from kb.store.audit_files import add_judgements, begin_audit, find_audit, read_audit
from kb.store.files import write_atomically
from kb.text.counting import count_things

_SAMPLE = 50
app = make_typer(invoke_without_command=True)
Records = Annotated[
    Path, typer.Option("--records", help="Folder of the records.", exists=True, file_okay=False)
]
Seed = Annotated[
    int | None,
    typer.Option(min=0, max=2**31 - 1, help="Draws the sample; by default the newest audit's."),
]


@app.callback()
def audit(
    context: typer.Context,
    sample: Annotated[
        int | None, typer.Option(min=1, help=f"How many facts to draw ({_SAMPLE}).")
    ] = None,
    seed: Seed = None,
    by: Annotated[str | None, typer.Option(help="Your name, as it will be published.")] = None,
    records: Records = Path("records"),
    export: Annotated[
        Path | None, typer.Option(help="Write a blank sheet (.yaml or .csv) and ask nothing.")
    ] = None,
    take: Annotated[Path | None, typer.Option(help="Take in a sheet that was filled in.")] = None,
    as_drawn: Annotated[
        bool, typer.Option("--as-drawn", help="Take facts whose record was changed since.")
    ] = False,
    as_json: JsonFlag = False,
) -> None:
    """Hold facts drawn from the records against their sources.

    Each fact is shown with its place and its source's words, from the archive if it has them, and
    judged with one key: right, wrong, not in source, could not check. Every judgement is kept in
    records/audits at once, so stop whenever you like and run it again. Several readers judge the
    same sample, and none is shown what another found. A seed draws the same facts from the same
    records for everybody; `kb audit show` prints the share that is right, with its interval.

    Example: kb audit --sample 50 --seed 7 --by "Ada"

    Without a terminal: kb audit --seed 7 --export sheet.csv, fill it in, then
    kb audit --seed 7 --by "Ada" --take sheet.csv
    """
    if context.invoked_subcommand is not None:
        return
    today = datetime.now(UTC).date()
    found = _open_audit(records, seed, sample, today)
    if export is not None:
        _export(found, export, as_json=as_json)
    elif by is None or not by.strip():
        raise UserError("say who judges, with --by NAME")
    elif take is not None:
        _take(found, records, take, by.strip(), today, as_drawn=as_drawn, as_json=as_json)
    else:
        _ask(found, by.strip(), today)


@app.command("show")
def show(seed: Seed = None, records: Records = Path("records"), as_json: JsonFlag = False) -> None:
    """Print what an audit found: shares right, agreement, findings.

    The interval is Wilson's, at 95%. A reader who has not judged the whole sample is not counted.

    Example: kb audit show --seed 7 --json
    """
    found = find_audit(records, seed)
    if found is None:
        raise UserError(f"no such audit in {records}/audits; `kb audit --seed N` begins one")
    view = make_audit_view(found.draft)
    if as_json:
        print_json(view)
    else:
        print_audit(view)


def _open_audit(records: Path, seed: int | None, sample: int | None, today: date) -> AuditFile:
    """The audit with this seed, begun if there is none."""
    found = find_audit(records, seed)
    if found is None or (seed is None and sample is not None):
        if seed is None:
            raise UserError("name a seed to draw with, as in `kb audit --sample 50 --seed 7`")
        facts = list_facts(read_records(records))
        return begin_audit(records, facts, sample or _SAMPLE, seed, today)
    if sample not in (None, found.draft.sample):
        raise UserError(
            f"{found.name} drew {found.draft.sample} facts with this seed; take another seed for "
            f"{sample}"
        )
    if not found.draft.facts:
        raise UserError(f"{found.name} only counted; begin another with a seed of its own")
    _tell_changed(found, records)
    return found


def _tell_changed(found: AuditFile, records: Path) -> None:
    digest = compute_facts_digest(list_facts(read_records(records)))
    if digest != found.draft.digest:
        words = "the records were changed since it was drawn; facts are shown as they stood then"
        err.print(as_plain_text(f"{found.name}: {words}"), soft_wrap=True)


def _export(found: AuditFile, path: Path, *, as_json: bool) -> None:
    form = path.suffix.lower().removeprefix(".")
    if form not in ("csv", "yaml", "yml"):
        raise UserError(f"{path}: a sheet ends in .yaml or .csv")
    with open_words(load_settings()) as find_words:
        words = {fact.id: tell_words(fact, find_words(fact)) for fact in found.draft.facts}
    write_atomically(path, render_sheet(found.draft, words, form).encode())
    if as_json:
        print_json({"audit": found.name, "sheet": str(path), "facts": found.draft.sample})
    facts = count_things(found.draft.sample, "fact")
    err.print(as_plain_text(f"written: {path}, {facts}; take it in with --take"), soft_wrap=True)


def _take(
    found: AuditFile,
    records: Path,
    path: Path,
    by: str,
    today: date,
    *,
    as_drawn: bool,
    as_json: bool,
) -> None:
    if not path.is_file():
        raise UserError(f"{path}: no such sheet; `kb audit --export {path}` writes one")
    sheet = parse_sheet(path.read_bytes(), str(path))
    current = None if as_drawn else [fact.id for fact in list_facts(read_records(records))]
    judgements = make_judgements(sheet, found.draft, current, today)
    add_judgements(Path(found.name), by, judgements)
    if as_json:
        print_json({"audit": found.name, "reader": by, "judgements": len(judgements)})
    words = f"{count_things(len(judgements), 'judgement')} by {by} in {found.name}"
    err.print(as_plain_text(words), soft_wrap=True)


def _ask(found: AuditFile, by: str, today: date) -> None:
    waiting = found.draft.list_waiting(by)
    if not waiting:
        err.print("you have judged the whole sample; `kb audit show` prints what was found")
        return
    if not sys.stdin.isatty():
        raise UserError("no terminal to ask on; --export writes a sheet, --take takes it in")
    path, total = Path(found.name), found.draft.sample
    with open_words(load_settings()) as find_words:
        ask_facts(
            waiting, total, find_words, lambda one: add_judgements(path, by, [one]), today
        )  # fmt: skip
    left = len(read_audit(path).draft.list_waiting(by))
    words = f"{left} left; run it again to go on" if left else "done; `kb audit show` tells more"
    err.print(as_plain_text(words))
