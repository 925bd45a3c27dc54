"""A knowledge base that lives on: records are loaded and corrected, and pages archived and read."""

from datetime import UTC, datetime
from pathlib import Path

import yaml

from crawlers.sources.source import EXTRACTORS
from kb.cli.commands.pipeline.init import run_init
from kb.cli.commands.pipeline.load import run_load
from kb.domain.drafts import SourceDraft
from kb.domain.in_force.superseding import drop_superseded
from kb.settings import Settings
from kb.stages.extract import extract_snapshots
from kb.stages.snapshot import snapshot_document
from kb.store.archive.origins import Brought, Fetched
from kb.store.database import open_session
from kb.store.in_force import read_unpublished
from kb.store.reads import read_all
from kb.store.review.reads import read_standing
from kb.tables import PUBLISHED, Reading, ReviewDecision, Verdict
from kb.tables.base import get_name
from tests.reviewing import accept_all

A_DAY = datetime(2026, 11, 1, tzinfo=UTC)
CARD = """# Toy 2

Toy 2 has a context window of 128K tokens. Toy 2 has 7 billion parameters.

Toy 2 Turbo has a context window of 32K tokens.
"""
RECORD = {
    "model": {
        "name": "Toy 2", "vendor": "Toys", "aliases": ["Toy-2-Chat"],
        "availability": "released", "availability_source": "card",
    },
    "sources": {
        "card": {"url": "https://toys.example/card", "publisher": "Toys", "kind": "model_card",
                 "title": "Toy 2", "published_on": "2026-10-01"},
        "news": {"url": "https://news.example/toy", "publisher": "News", "kind": "press",
                 "published_on": "2026-10-02"},
    },
    "releases": [
        {"repository": "toys/toy-2", "published_on": "2026-10-01", "source": "card"},
    ],
    "claims": [
        {"type": "context_length", "claimed": "256K tokens",
         "sightings": [{"source": "news", "quote": "a window of 256K", "said_by": "Toys"}]},
        {"type": "params_total", "claimed": "7B",
         "sightings": [{"source": "card", "quote": "7 billion parameters"}]},
    ],
    "results": [
        {"metric": "accepted_context", "value": 64000, "unit": "tokens", "evidence": "run",
         "reported_by": "News", "source": "news"},
    ],
}  # fmt: skip


def make_base(home: Path, url: str | None = None) -> Settings:
    """Return the settings of a fresh base."""
    settings = Settings(home=home) if url is None else Settings(home=home, database_url=url)
    run_init(settings)
    return settings


def load(settings: Settings, *records: dict, names: tuple[str, ...] = ("toy-2.yaml",)):
    """Write the records as files and load them."""
    folder = settings.home / "records"
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.yaml"):
        path.unlink()
    for name, record in zip(names, records, strict=True):
        (folder / name).write_text(yaml.safe_dump(record, sort_keys=False))
    return run_load(settings, folder)


def archive(
    settings: Settings,
    pages: dict[str, str],
    vendor: str = "Toys",
    *,
    by: Brought | None = None,
    kind: str = "vendor_page",
) -> None:
    """Store pages as a crawl does."""
    with open_session(settings.url) as session:
        for url, text in pages.items():
            draft = SourceDraft(url=url, publisher="toys.example", kind=kind, read_on=A_DAY.date())
            fetched = Fetched(url, text.encode(), A_DAY, 200, {"content-type": "text/markdown"})
            brought = by or Brought("web_page", vendor)
            snapshot_document(session, settings.archive, draft, fetched, brought)


def read(settings: Settings):
    """Read what waits in the archive, and accept all of it."""
    with open_session(settings.url) as session:
        report = extract_snapshots(session, settings.archive, EXTRACTORS)
    accept_all(settings)
    return report


def dump_in_force(settings: Settings) -> dict[str, list[dict]]:
    """Every published row by table: of verdicts and readings what is said now, not which was when.

    Times of day are left out, and so are decisions on what was read once.
    """
    with open_session(settings.url) as session:
        gone = read_unpublished(session)
        hidden = read_standing(session).hidden_claims
        found = {
            get_name(table): [
                row.model_dump()
                for row in read_all(session, table)
                if getattr(row, "id", None) not in gone.get(get_name(table), ())
            ]
            for table in PUBLISHED
            if table is not ReviewDecision
        }
    found["verdict"] = [row for row in found["verdict"] if row["claim_id"] not in hidden]
    current = drop_superseded([Verdict(**row) for row in found["verdict"]])
    claim_of = {verdict.id: verdict.claim_id for verdict in current}
    links = [row for row in found["verdict_evidence"] if row["verdict_id"] in claim_of]
    found["verdict_evidence"] = [row | {"verdict_id": claim_of[row["verdict_id"]]} for row in links]
    found["verdict"] = [row.model_dump() for row in current]
    read = drop_superseded([Reading(**row) for row in found["reading"]])
    found["reading"] = [row.model_dump() for row in read]
    return {name: _order([_leave_out(name, row) for row in rows]) for name, rows in found.items()}


def _leave_out(table: str, row: dict) -> dict:
    history = ("id", "supersedes_id") if table in ("verdict", "reading") else ()
    return {k: v for k, v in row.items() if k not in history and not k.endswith("_at")}


def _order(rows: list[dict]) -> list[dict]:
    return sorted(rows, key=str)
