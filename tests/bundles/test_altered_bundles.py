"""Altered bundles: what was changed is told, or the bundle refused."""

import json

import pytest

from kb.bundles.bundle import MANIFEST, README, make_files, parse_bundle
from kb.bundles.tar_files import ArchiveError
from verifiers.replaying.bundles import replay_bundle


def alter(files, name, change):
    """Change the rows of one file, and make the manifest fit again: the hand of a forger."""
    bundle = parse_bundle(files, "x")
    rows = [change(dict(row)) for row in bundle.rows[name]]
    bundle.rows[name][:] = rows
    return parse_bundle(make_files(bundle, ""), "forged")


@pytest.mark.parametrize(
    ("table", "change", "words"),
    [
        ("verdict", {"outcome": "supported"}, "outcome: overstated, recorded supported"),
        ("verdict", {"explanation": "All well."}, "id: ver_"),
        ("verdict", {"facts": {"released": ["Toy"]}}, "facts: {}, recorded"),
        ("verdict", {"facts": None}, "facts: {}, recorded None"),
        ("measurement", {"value": 8192.0, "low": 8192.0, "high": 8192.0}, "not the one that was"),
        ("snapshot", {"sha256": "00" * 32}, "recorded 0000"),
        ("snapshot", {"archive_name": "aa/other.warc.gz"}, "is neither here nor named"),
        ("environment", {"weights_sha256": "00" * 32}, "is not the one that was judged by"),
        ("plan", {"seed": 1}, "is not the one that was judged by"),
        ("claim", {"claimed_value": 16384.0}, "describes another verdict or claim"),
    ],
)
def test_a_forger_who_mends_the_manifest_is_found_out(files, table, change, words):
    forged = alter(files, table, lambda row: row | change)
    replay = replay_bundle(forged, "forged")
    assert any(words in difference for difference in replay.differences), replay.differences


def test_answers_that_are_taken_out_or_bettered_are_told(files):
    bundle = parse_bundle(files, "x")
    name = max(bundle.runs, key=lambda file_name: len(bundle.runs[file_name]))
    kept = bundle.runs.pop(name)
    assert any("are missing" in difference for difference in replay_bundle(bundle, "x").differences)
    run = json.loads(kept)
    wrong = next(row for row in run["trial"] if row["score"] == 0)
    wrong["score"], wrong["answer"] = 1.0, " ".join(wrong["expected"])
    bundle.runs[name] = json.dumps(run).encode()
    assert any("recorded" in difference for difference in replay_bundle(bundle, "x").differences)


def test_one_changed_byte_anywhere_is_refused(files):
    for name in files:
        if name == MANIFEST:
            continue
        data = bytearray(files[name])
        data[len(data) // 2] ^= 1
        with pytest.raises(ArchiveError, match="do not have the digest"):
            parse_bundle(files | {name: bytes(data)}, "x")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda f: {k: v for k, v in f.items() if k != MANIFEST}, "no JSON"),
        (lambda f: f | {MANIFEST: b"[]"}, "no JSON object"),
        (lambda f: f | {MANIFEST: b"[" * 100_000}, "no JSON"),
        (lambda f: f | {MANIFEST: b'{"format": "other/1"}'}, "no bundle"),
        (lambda f: f | {"extra.txt": b""}, "are not those that"),
        (lambda f: {k: v for k, v in f.items() if k != README}, "are not those that"),
    ],
)
def test_what_is_no_bundle_is_refused(files, change, words):
    with pytest.raises(ArchiveError, match=words):
        parse_bundle(change(files), "x")
