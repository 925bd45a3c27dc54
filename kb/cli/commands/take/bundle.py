"""`kb bundle`: one archive with everything behind a verdict."""

from pathlib import Path
from typing import Annotated, Any

import typer
from sqlmodel import Session, col, or_, select

from kb.bundles.bundle import make_files
from kb.bundles.making import make_bundle
from kb.bundles.readme import render_readme
from kb.bundles.tar_files import pack_files
from kb.cli.console import as_plain_text, err, print_json
from kb.cli.options import JsonFlag
from kb.domain.errors import UserError
from kb.settings import Settings, load_settings
from kb.store.database import open_session
from kb.store.files import write_atomically
from kb.store.reads import read_latest_verdicts
from kb.tables import Claim, Verdict

_SUFFIX = ".tar.gz"


def bundle(
    key: Annotated[
        str,
        typer.Argument(
            metavar="verdict",
            help="Id of a verdict, or for a claim's current verdict its id or number in the "
            "founding list, such as S01. The beginning of an id is enough if it is unique.",
        ),
    ],
    to: Annotated[Path | None, typer.Option(help="File to write.")] = None,
    as_json: JsonFlag = False,
) -> None:
    """Pack everything behind a verdict for others to check.

    The bundle holds the claim, its sightings with the archived bytes, plans, machine, every raw
    answer, results, digests of the weights (not the weights), rule and versions. Of each document
    behind the verdict it holds the archived bytes, or says why it cannot be checked from bytes.
    `kb replay FILE` scores and judges it again without weights, engine or database. The same
    verdict gives the same bytes.

    Example: kb bundle S01
    """
    settings = load_settings()
    with open_session(settings.url) as session:
        verdict = find_verdict(session, key)
        path = to or Path(f"{_name_folder(verdict)}{_SUFFIX}")
        about = _write_bundle(session, settings, verdict, path)
    left_out, sources = about["left_out"], about["sources"]
    if as_json:
        told = {"left_out": left_out, "sources": sources}
        print_json({"file": str(path), "verdict": verdict.id, **told})
        return
    for file in left_out:
        err.print(as_plain_text(f"left out: {file['name']} ({file['why']})"), soft_wrap=True)
    for source in sources:
        if source["why_not"] is not None:
            words = f"cannot be checked from bytes: {source['url']} ({source['why_not']})"
            err.print(as_plain_text(words), soft_wrap=True)
    err.print(as_plain_text(f"written: {path}; `kb replay {path}` checks it"), soft_wrap=True)


def _write_bundle(
    session: Session, settings: Settings, verdict: Verdict, path: Path
) -> dict[str, Any]:
    made = make_bundle(session, settings.archive, verdict)
    files = make_files(made, render_readme(made.about))
    write_atomically(path, pack_files(_name_folder(verdict), files))
    return made.about


def _name_folder(verdict: Verdict) -> str:
    return f"as-claimed-{verdict.id}"


def find_verdict(session: Session, key: str) -> Verdict:
    """Return the verdict with this id, or the current one on the claim with this id or seed.

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
        ids = sorted([*(verdict.id for verdict in verdicts), *claims])
        raise UserError(f"{len(ids)} ids begin with {key!r}: {', '.join(ids[:5])} …")
    if verdicts:
        return verdicts[0]
    if not claims:
        raise UserError(f"no verdict or claim {key!r}; `kb claims --json` lists the ids")
    found = read_latest_verdicts(session).get(claims[0])
    if found is None:
        raise UserError(f"{claims[0]} has no verdict yet; run `kb judge`")
    return found
