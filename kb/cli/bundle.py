"""The subcommand `kb bundle`: one archive with all that a verdict rests on."""

from pathlib import Path
from typing import Annotated

import typer
from sqlmodel import Session, col, or_, select

from kb.bundles.bundle import make_files
from kb.bundles.making import make_bundle
from kb.bundles.readme import render_readme
from kb.bundles.tar_files import pack_files
from kb.cli.base import JsonFlag
from kb.cli.console import as_plain_text, err, print_json
from kb.domain.errors import UserError
from kb.settings import Settings, load_settings
from kb.store.database import open_session
from kb.store.files import write_atomically
from kb.store.reads import read_latest_verdicts
from kb.tables import Claim, Verdict

_SUFFIX = ".tar.gz"


def register(app: typer.Typer) -> None:
    """Add this subcommand."""
    app.command("bundle")(bundle)


def bundle(
    key: Annotated[
        str,
        typer.Argument(
            metavar="VERDICT",
            help="Id of a verdict; or of a claim, or its seed like S01, meaning its verdict in "
            "force. The beginning of an id is enough where it is the only one.",
        ),
    ],
    to: Annotated[Path | None, typer.Option(help="File to write.")] = None,
    as_json: JsonFlag = False,
) -> None:
    """Pack all that a verdict rests on, so that anybody can judge it again.

    Claim, sightings with the archived bytes, recipes, machine, every raw answer, results, digests
    of the weights (not the weights), rule and versions. `kb replay FILE` checks and scores it again
    without weights, engine or database. The same verdict gives the same bytes.
    """
    settings = load_settings()
    with open_session(settings.url) as session:
        verdict = find_verdict(session, key)
        path = to or Path(f"{_name_folder(verdict)}{_SUFFIX}")
        left_out = _write_bundle(session, settings, verdict, path)
    if as_json:
        print_json({"file": str(path), "verdict": verdict.id, "left_out": left_out})
        return
    for each in left_out:
        err.print(as_plain_text(f"left out: {each['name']} ({each['why']})"), soft_wrap=True)
    err.print(as_plain_text(f"written: {path}; `kb replay {path}` judges it again"), soft_wrap=True)


def _write_bundle(
    session: Session, settings: Settings, verdict: Verdict, path: Path
) -> list[dict[str, object]]:
    made = make_bundle(session, settings.archive, verdict)
    files = make_files(made, render_readme(made.about))
    write_atomically(path, pack_files(_name_folder(verdict), files))
    return list(made.about["left_out"])


def _name_folder(verdict: Verdict) -> str:
    return f"as-claimed-{verdict.id}"


def find_verdict(session: Session, key: str) -> Verdict:
    """Return the verdict with this id, or the one in force on the claim with this id or seed.

    Raises UserError when there is none, or when the beginning of an id fits several.
    """
    verdicts = session.exec(
        select(Verdict).where(col(Verdict.id).startswith(key, autoescape=True))
    ).all()
    claims = session.exec(
        select(Claim.id).where(
            or_(
                col(Claim.id).startswith(key, autoescape=True),
                col(Claim.seed) == key.upper(),
            )
        )
    ).all()
    if len(verdicts) + len(claims) > 1:
        ids = sorted([*(each.id for each in verdicts), *claims])
        raise UserError(f"{key!r} is the beginning of {len(ids)} ids: {', '.join(ids[:5])} …")
    if verdicts:
        return verdicts[0]
    if not claims:
        raise UserError(f"no verdict or claim {key!r}; `kb claims --json` lists their ids")
    found = read_latest_verdicts(session).get(claims[0])
    if found is None:
        raise UserError(f"{claims[0]} has no verdict yet; `kb judge` gives it")
    return found
