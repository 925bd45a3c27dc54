"""Hostile archives: refused, in bounded memory."""

import gzip
import io
import subprocess
import sys
import tarfile

import pytest

from kb.bundles import tar_files
from kb.bundles.tar_files import ArchiveError, pack_files, read_files
from tests.conftest import PROJECT


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
