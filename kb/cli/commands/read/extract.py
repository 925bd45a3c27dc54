"""`kb extract`: the claims in files, printed and not stored."""

import json
import re
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from kb.cli.console import as_plain_text, err, out
from kb.domain.drafts import SourceKind
from kb.domain.found import Extraction, FoundClaim
from kb.embeddings import SentenceEncoder
from kb.reading import read_text
from kb.text.counting import count_things

_MAX_BYTES = 50_000_000
_COUNTED = re.compile(
    r"[~≈]?(?P<number>\d[\d,]*(?:\.\d+)?) (?P<unit>GB|languages|tokens per second)"
)


def extract(
    files: Annotated[list[Path], typer.Argument(help="Model cards, pages, licences, configs.")],
    about: Annotated[
        str | None, typer.Option(help="The model the files are about, if they don't say.")
    ] = None,
    kind: Annotated[
        SourceKind | None, typer.Option(help="The kind of document they are, if known.")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON for programs, one object per line.")
    ] = False,
) -> None:
    """Print the claims in files, each with its exact position.

    Nothing is stored. Reads Markdown, HTML, JSON, YAML, structured objects and plain text, told
    apart by the file's name or else by its beginning. A summary line for every file says what was
    kept, what was left out and why, and what failed.

    Example: kb extract README.md LICENSE --json > claims.jsonl
    """
    unread = 0
    encoder = SentenceEncoder()
    for path in files:
        try:
            text = _read(path)
        except OSError as error:
            unread += 1
            err.print(as_plain_text(f"kb: {path}: {error.strerror or error}"), soft_wrap=True)
            continue
        found = read_text(text, name=path.name, about=about, kind=kind, encoder=encoder)
        if as_json:
            for claim in found.claims:
                print(json.dumps(_make_object(path, claim), ensure_ascii=False))
        else:
            _print_table(path, found)
        err.print(as_plain_text(_make_account(path, found)), soft_wrap=True)
    if unread:
        raise typer.Exit(1)


def _read(path: Path) -> str:
    if path.is_dir():
        raise OSError("is a folder; name the files in it")
    with path.open("rb") as file:
        data = file.read(_MAX_BYTES + 1)
    if len(data) > _MAX_BYTES:
        raise OSError(f"is larger than {_MAX_BYTES:,} bytes; split it")
    return data.decode("utf-8", "replace")


def _make_object(path: Path, claim: FoundClaim) -> dict[str, Any]:
    value: float | str | None = claim.claimed_value
    unit = claim.unit
    if value is None:
        value = claim.claimed_text
        if counted := _COUNTED.fullmatch(claim.claimed_text):
            value, unit = float(counted["number"].replace(",", "")), counted["unit"]
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return {
        "doc": path.name,
        "model": claim.subject,
        "claim_type": claim.claim_type,
        "metric": claim.metric,
        "value": value,
        "unit": unit,
        "operator": claim.operator,
        "about": claim.about,
        "quote": claim.quote,
        "start": claim.start,
        "end": claim.end,
    }


def _print_table(path: Path, found: Extraction) -> None:
    table = Table("model", "type", "metric", "claimed", "quote", title=path.name)
    for claim in found.claims:
        cells = (
            claim.subject,
            claim.claim_type,
            claim.metric,
            claim.claimed_text,
            claim.quote[:70],
        )
        table.add_row(*(as_plain_text(cell) for cell in cells))
    out.print(table)


def _make_account(path: Path, found: Extraction) -> str:
    """One line: kept + left out + failed = candidates, with the commonest reasons."""
    reasons: dict[str, int] = {}
    for _, reason in (*found.excluded, *found.failed):
        reasons[reason] = reasons.get(reason, 0) + 1
    common = sorted(reasons.items(), key=lambda reason: (-reason[1], reason[0]))[:4]
    why = "; ".join(f"{count} {reason}" for reason, count in common)
    return (
        f"{path.name}: {found.kept} kept + {len(found.excluded)} left out + {len(found.failed)} "
        f"failed = {count_things(found.candidates, 'candidate')}" + (f" ({why})" if why else "")
    )
