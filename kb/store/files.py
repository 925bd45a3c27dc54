"""Files that appear whole or not at all."""

import ctypes
import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path

_CHUNK = 1 << 20
_MANY = 4
_NUMBERS = count()
_SYNCFS = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)  # Linux has it


@dataclass(frozen=True)
class PendingFile:
    """A file that is written and not in its place yet."""

    handle: int
    name: str
    path: Path


def write_atomically(path: Path, data: bytes) -> None:
    """Write `data` so that a reader sees the old file or the whole new one."""
    write_group([(path, data)])


def write_group(files: Iterable[tuple[Path, bytes]], parts: Path | None = None) -> None:
    """Write files, each atomically; when it raises, some may be in their places, and whole."""
    begun = begin_files(files, parts)
    try:
        wait_for_disk(begun)
    except BaseException:
        discard_files(begun)
        raise
    name_files(begun)


def begin_files(
    files: Iterable[tuple[Path, bytes]], parts: Path | None = None
) -> list[PendingFile]:
    """Write files that have no names yet; none is there when it raises.

    `parts` is the folder for such files (of the same file system), by default the one that each
    goes to.
    """
    begun: list[PendingFile] = []
    try:
        for path, data in files:
            handle, name = _open_part(path, parts or path.parent)
            begun.append(PendingFile(handle, name, path))
            _write_all(handle, data)
    except BaseException:
        discard_files(begun)
        raise
    return begun


def wait_for_disk(begun: Sequence[PendingFile]) -> None:
    """Return when all that was written is on the disk; may run in a thread.

    One call for the whole file system says as much as one for each file (syncfs(2)), and takes as
    long as a few of those, all without Python's lock.
    """
    if len(begun) >= _MANY and _SYNCFS is not None:
        if _SYNCFS(begun[0].handle) != 0:
            raise OSError(ctypes.get_errno(), "the disk did not accept what was written")
        return
    for part in begun:
        os.fsync(part.handle)


def name_files(begun: Sequence[PendingFile]) -> None:
    """Put files that are on the disk into their places."""
    named = 0
    try:
        for part in begun:
            _rename(part.name, part.path)
            os.close(part.handle)
            named += 1
    except BaseException:
        discard_files(begun[named:])
        raise


def discard_files(begun: Sequence[PendingFile]) -> None:
    """Remove what was begun."""
    for part in begun:
        os.close(part.handle)
        Path(part.name).unlink(missing_ok=True)


def _open_part(path: Path, folder: Path) -> tuple[int, str]:
    name = f"{folder}/.{path.name}.{os.getpid()}-{next(_NUMBERS)}.part"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    try:
        return os.open(name, flags, 0o600), name
    except FileNotFoundError:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:  # of a process that was killed and had our number
        Path(name).unlink(missing_ok=True)
    return os.open(name, flags, 0o600), name


def _write_all(handle: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]


def _rename(name: str, path: Path) -> None:
    try:
        os.replace(name, path)  # noqa: PTH105 (half the time of Path.replace)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.replace(name, path)  # noqa: PTH105


@contextmanager
def hold_parts(parts: Path) -> Iterator[None]:
    """Write to a folder of parts; first remove what processes that were killed left there.

    Everyone who writes there holds a lock with the others, and the system lets go of it when a
    process ends in whatever way: who gets the folder alone finds leftovers only.
    """
    parts.mkdir(parents=True, exist_ok=True)
    handle = os.open(parts, os.O_RDONLY)
    try:
        with suppress(BlockingIOError):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            for part in parts.glob(".*.part"):
                part.unlink(missing_ok=True)
        fcntl.flock(handle, fcntl.LOCK_SH)
        yield
    finally:
        os.close(handle)


@contextmanager
def build_folder(path: Path) -> Iterator[Path]:
    """Give a fresh folder to fill; it takes the name `path` only when all went well.

    Leftovers of builds that were killed are removed first.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    for leftover in path.parent.glob(f".{path.name}.*.part"):
        shutil.rmtree(leftover, ignore_errors=True)
    building = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part"))
    building.chmod(0o755)
    try:
        yield building
        if path.exists():
            shutil.rmtree(path)
        building.replace(path)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def point_link(link: Path, target: Path) -> None:
    """Point the symbolic link `link` at `target`, atomically."""
    link.parent.mkdir(parents=True, exist_ok=True)
    fresh = link.with_name(f".{link.name}.{os.getpid()}.part")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(os.path.relpath(target, link.parent))
    fresh.replace(link)


def compute_sha256(path: Path) -> str:
    """Return the SHA-256 of a file, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
