"""`kb claims`: the list of claims with their verdicts."""

from typing import Annotated

import typer

from kb.cli.claim_table import print_claims_table
from kb.cli.console import print_json
from kb.cli.contributing.reviewing.listing import list_unreviewed
from kb.cli.options import JsonFlag
from kb.domain.claim_types import find_claim_type
from kb.domain.errors import UserError
from kb.settings import load_settings
from kb.store.claims.views import read_claim_views
from kb.store.database import open_session
from kb.store.review.readings import ReadingFilter


def claims(
    vendor: Annotated[str | None, typer.Option(help="Only this vendor's models.")] = None,
    outcome: Annotated[str | None, typer.Option(help="Only this outcome.")] = None,
    claim_type: Annotated[str | None, typer.Option("--type", help="Only this claim type.")] = None,
    model: Annotated[str | None, typer.Option(help="Only models whose name contains this.")] = None,
    unreviewed: Annotated[
        bool, typer.Option("--unreviewed", help="Instead: what machines read and nobody reviewed.")
    ] = False,
    as_json: JsonFlag = False,
) -> None:
    """List claims: what was said, what was found, the verdict.

    What machines read in documents is listed once it is reviewed (`kb review readings`); with
    --unreviewed, what waits for review is listed instead, and only that.
    """
    if claim_type is not None:
        _check_type(claim_type)
    if unreviewed:
        wanted_readings = ReadingFilter(type=claim_type, model=model, vendor=vendor)
        list_unreviewed(load_settings(), wanted_readings, as_json=as_json)
        return
    with open_session(load_settings().url) as session:
        views = read_claim_views(session)
    wanted = [
        view
        for view in views
        if vendor in (None, view["vendor"])
        and outcome in (None, view["outcome"])
        and claim_type in (None, view["type"])
        and (model or "").lower() in f"{view['subject']} {view['model']}".lower()
    ]
    if as_json:
        print_json(wanted)
        return
    print_claims_table(wanted)


def _check_type(name: str) -> None:
    try:
        find_claim_type(name)
    except KeyError as error:
        raise UserError(str(error.args[0])) from None
