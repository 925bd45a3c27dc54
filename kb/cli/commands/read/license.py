"""`kb license`: the terms of licences, or what changed between two texts."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from kb.cli.console import as_plain_text, err, out
from kb.domain.encoding import Encoder
from kb.domain.errors import UserError
from kb.embeddings import SentenceEncoder
from kb.licences import Licence, LicenceRefusedError, check_size, make_summary, read_licence
from kb.licences.bounds import parse_licence_bytes
from kb.licences.changes import Change, list_changes
from kb.licences.definition import list_breaches
from kb.licences.evidence import find_model_name
from kb.text.counting import count_things


def license(
    files: Annotated[list[Path], typer.Argument(help="Licences, use policies; text or HTML.")],
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON for programs, one object per line.")
    ] = False,
    changes: Annotated[
        bool, typer.Option("--changes", help="Compare two texts, the older first.")
    ] = False,
    meaning: Annotated[
        bool, typer.Option(help="Search by meaning for clauses that no rule could read.")
    ] = True,
) -> None:
    """Print what licences permit, and the clause behind each term.

    Standard texts are recognised word for word (SPDX); other texts are read clause by clause.
    A clause that seems to hold a term but could not be read is listed as a doubt. Policies that a
    licence refers to are named; give their files too, and each policy is read with its licence. The
    exit status is 1 if a file could not be read.

    Example: kb license LICENSE USE_POLICY.md --json
    """
    if changes and len(files) != 2:
        raise UserError("--changes compares two texts: give two files, the older first")
    encoder = SentenceEncoder() if meaning and not changes else None
    licences = {path: found for path in files if (found := _read(path, encoder)) is not None}
    if changes and len(licences) == 2:
        old, new = licences.values()
        _print_changes(list_changes(old, new), as_json=as_json)
    elif not changes:
        for path, licence in licences.items():
            _print_licence(path, licence, licences, as_json=as_json)
    if len(licences) < len(files):
        raise typer.Exit(1)


def _read(path: Path, encoder: Encoder | None) -> Licence | None:
    """Return a licence; print the reason and return None for a file that cannot be read as one."""
    try:
        check_size(path.stat().st_size)
        return read_licence(parse_licence_bytes(path.read_bytes()), encoder)
    except LicenceRefusedError as error:
        err.print(as_plain_text(f"kb: {path}: {error}"), soft_wrap=True)
    except OSError as error:
        err.print(as_plain_text(f"kb: {path}: {error.strerror or error}"), soft_wrap=True)
    return None


def _print_licence(
    path: Path, licence: Licence, others: dict[Path, Licence], *, as_json: bool
) -> None:
    if as_json:
        print(json.dumps(_make_object(path, licence, others), ensure_ascii=False))
        return
    summary = make_summary(licence)
    table = Table("term", "what it says", title=f"{path.name}: {licence.name}")
    for name, value in summary.items():
        table.add_row(name, as_plain_text(_write(value)[:200]))
    out.print(table)
    for criterion, term in list_breaches(licence):
        line = f"breaks {criterion}: {term.place}: {term.quote[:120]}"
        out.print(as_plain_text(line), soft_wrap=True)
    for doubt in licence.doubts:
        line = f"unsure of {doubt.kind}: {doubt.place}: {doubt.quote[:120]}"
        out.print(as_plain_text(line), soft_wrap=True)


def _write(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(map(str, value)) or "none"
    return {True: "yes", False: "no", None: "not stated"}.get(value, str(value))


def _make_object(path: Path, licence: Licence, others: dict[Path, Licence]) -> dict[str, Any]:
    return {
        "doc": path.name,
        **make_summary(licence),
        "is_exact": licence.is_exact,
        "dated": licence.dated,
        "uncertain": [doubt.kind for doubt in licence.doubts],
        "doubts": [vars(doubt) for doubt in licence.doubts],
        "open_source_definition": [
            {"criterion": criterion, "place": term.place, "quote": term.quote}
            for criterion, term in list_breaches(licence)
        ],
        "references": [
            {**vars(policy), "doc": _find_document(policy.name, path, others)}
            for policy in licence.references
        ],
        "terms": [vars(term) for term in licence.terms],
    }


def _find_document(name: str, path: Path, others: dict[Path, Licence]) -> str | None:
    """The file, among those given, that holds the policy of this name."""
    wanted, own = set(name.lower().split()), find_model_name(others[path])
    for other, licence in others.items():
        is_policy = licence.document_type != "licence"
        is_of_it = find_model_name(licence) in (None, own)
        if other != path and is_policy and is_of_it and wanted <= set(licence.name.lower().split()):
            return other.name
    return None


def _print_changes(changes: tuple[Change, ...], *, as_json: bool) -> None:
    if as_json:
        for change in changes:
            sides = {"before": change.before, "after": change.after}
            terms = {side: vars(term) if term else None for side, term in sides.items()}
            print(json.dumps({"kind": change.kind, **terms}, ensure_ascii=False))
        return
    table = Table("term", "before", "after", title="What changed")
    for change in changes:
        cells = (
            f"{term.place}: {term.quote[:160]}" if term else "-"
            for term in (change.before, change.after)
        )
        table.add_row(change.kind, *(as_plain_text(cell) for cell in cells))
    out.print(table)
    err.print(count_things(len(changes), "change"))
