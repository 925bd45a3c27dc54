"""The source of an added claim: fetched and archived, or read from a file."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from kb.cli.commands.pipeline.init import run_init
from kb.cli.console import as_plain_text, err
from kb.cli.steps import find_step
from kb.domain.drafts import SourceKind
from kb.domain.errors import UserError
from kb.embeddings import SentenceEncoder
from kb.reading import read_text
from kb.reading.page import ReadPage
from kb.settings import Settings

_MAX_BYTES = 20_000_000


def read_source(
    settings: Settings,
    answers: Mapping[str, Any],
    file: Path | None,
    is_fetched: bool,
    *,
    must_be_read: bool = False,
) -> ReadPage | None:
    """Return the page with its claims; print the reason and return None if it cannot be fetched.

    With `must_be_read` it raises UserError instead: nobody is there to look for the quote.
    """
    if file is not None:
        return _read_file(file, answers)
    if not is_fetched or urlsplit(answers["url"]).scheme not in ("http", "https"):
        return None
    run_init(settings)
    pages = find_step("read_pages")(
        settings,
        [answers["url"]],
        publisher=answers.get("publisher"),
        kind=SourceKind(answers.get("kind") or SourceKind.VENDOR_PAGE),
        vendor=answers.get("vendor"),
        about=answers.get("model"),
        encoder=SentenceEncoder(),
        wants_claims=True,
    )
    page = pages[answers["url"]]
    if isinstance(page, ReadPage):
        return page
    if must_be_read:
        raise UserError(
            f"--url: the source could not be fetched ({page.why}); save it and pass it as --file, "
            "or give --no-fetch --read-on YYYY-MM-DD if you read it yourself"
        )
    words = f"the source could not be fetched ({page.why}), so the quote is not checked"
    err.print(as_plain_text(f"note: {words}"), soft_wrap=True)
    return None


def _read_file(path: Path, answers: Mapping[str, Any]) -> ReadPage:
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise UserError(f"--file {path}: {error.strerror or error}") from None
    if len(data) > _MAX_BYTES:
        raise UserError(
            f"--file {path}: over {_MAX_BYTES:,} bytes; pass only the part that matters"
        )
    text = data.decode("utf-8", "replace")
    kind = SourceKind(answers["kind"]) if answers.get("kind") else None
    found = read_text(
        text,
        kind=kind,
        vendor=answers.get("vendor"),
        about=answers.get("model"),
        name=path.name,
        encoder=SentenceEncoder(),
    )
    today = datetime.now(UTC).date()
    digest = hashlib.sha256(data).hexdigest()
    return ReadPage(answers["url"], text, digest, today, extraction=found)
