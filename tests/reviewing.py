"""Documents put into an archive and read, and readings decided on, as the commands do it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from crawlers.sources.source import EXTRACTORS
from kb.domain.drafts import SourceDraft
from kb.domain.review.decisions import Choice, Scope
from kb.stages.extract import extract_snapshots
from kb.stages.review import Said, decide
from kb.stages.snapshot import Brought, snapshot_document
from kb.store.archive.origins import Fetched
from kb.store.database import open_session
from kb.store.review.readings import ReadingFilter, read_readings

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
URL = "https://toys.example/card.md"
WAITING, ANY = ReadingFilter(), ReadingFilter(state=None)


def put(settings, text, *, url=URL, kind="model_card", vendor="Toys", day=0):
    """Archive a document, as a crawl would."""
    draft = SourceDraft(url=url, publisher=vendor, kind=kind)
    served = {"content-type": "text/markdown; charset=utf-8"}
    body = text if isinstance(text, bytes) else text.encode()
    fetched = Fetched(url, body, NOW + timedelta(days=day), 200, served)
    with open_session(settings.url) as session:
        snapshot_document(session, settings.archive, draft, fetched, Brought("web_page", vendor))


def read(settings, *, later=0, reader=None):
    """Read what is archived; `later` raises the version of the reader, `reader` replaces it."""
    own = EXTRACTORS["web_page"]
    extractor = replace(own, version=own.version + later, **({"read": reader} if reader else {}))
    with open_session(settings.url) as session:
        return extract_snapshots(session, settings.archive, {"web_page": extractor})


def read_waiting(settings, wanted=WAITING):
    with open_session(settings.url) as session:
        return read_readings(session, wanted)


def decide_on(settings, choice, *, find=lambda reading: True, by="Ada", **said):
    """Decide the same of all readings that `find` chooses; return how many decisions are new."""
    with open_session(settings.url) as session:
        chosen = [reading for reading in read_readings(session, ANY) if find(reading)]
        assert chosen
        return decide(session, chosen, Said(Choice(choice), by, "checked", **said))


def accept_all(settings):
    """Accept everything that waits, as `kb review readings --all accepted` does."""
    with open_session(settings.url) as session:
        waiting = read_readings(session, WAITING)
        return decide(session, waiting, Said(Choice.ACCEPTED, "Ada", "checked", Scope.DOCUMENT))
