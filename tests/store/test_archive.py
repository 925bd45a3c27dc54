"""The archive: bytes come back as they went in, and a changed file is noticed."""

import gzip
from datetime import UTC, datetime

import pytest

from kb.domain.drafts import SourceDraft
from kb.stages.snapshot import Brought, snapshot_document
from kb.store.archive.origins import Fetched
from kb.store.archive.warc_files import read_snapshot, store_snapshot
from kb.store.insert import make_row
from kb.store.reads import read_counts
from kb.tables import Snapshot

BY = Brought("press")
NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
DRAFT = SourceDraft(
    url="https://toys.example/card", publisher="Toys", kind="model_card", read_on=NOW.date()
)


def fetched(body):
    return Fetched("https://toys.example/card", body, NOW, 200, {"content-type": "text/plain"})


@pytest.mark.parametrize("body", [b"", b"plain", b"\x00\xff" * 1000, b"WARC/1.1\r\n\r\n"])
def test_bytes_come_back(tmp_path, body):
    store_snapshot(tmp_path, "a/x.warc.gz", fetched(body))
    assert read_snapshot(tmp_path, "a/x.warc.gz") == body


def test_a_changed_file_is_noticed(tmp_path):
    store_snapshot(tmp_path, "x.warc.gz", fetched(b"said one thing"))
    path = tmp_path / "x.warc.gz"
    raw = gzip.decompress(path.read_bytes()).replace(b"one thing", b"two thing")
    path.write_bytes(gzip.compress(raw))
    with pytest.raises(ValueError, match="digest"):
        read_snapshot(tmp_path, "x.warc.gz")


def test_unchanged_bytes_make_no_new_snapshot(session, tmp_path):
    first = snapshot_document(session, tmp_path, DRAFT, fetched(b"one"), BY)
    again = snapshot_document(session, tmp_path, DRAFT, fetched(b"one"), BY)
    changed = snapshot_document(session, tmp_path, DRAFT, fetched(b"two"), BY)
    back = snapshot_document(session, tmp_path, DRAFT, fetched(b"one"), BY)
    assert [snapshot.is_new for snapshot in (first, again, changed, back)] == [
        True,
        False,
        True,
        True,
    ]
    assert back.snapshot.previous_id == changed.snapshot.id
    assert read_counts(session)["snapshot"] == 3
    assert len(list(tmp_path.rglob("*.warc.gz"))) == 3


def test_times_without_zone_are_refused(session):
    row = make_row(
        Snapshot, id="snp_1", source_id="s", sha256="0", size_bytes=0, archive_name="a",
        fetched_at=datetime(2026, 1, 1),
    )  # fmt: skip
    session.add(row)
    with pytest.raises(Exception, match="no time zone"):
        session.flush()
