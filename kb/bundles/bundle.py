"""A bundle: its files, the manifest that vouches for them, and the rows they hold."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kb.bundles.tar_files import ArchiveError
from kb.records.run_files import SUFFIX, Rows, RunFile, parse_run

FORMAT = "as-claimed-bundle/3"
# In the first format verdicts hold their sentence and no facts; neither of the two says which
# documents it carries.
_OLDER = ("as-claimed-bundle/2", "as-claimed-bundle/1")
MANIFEST = "manifest.json"
README = "README.md"
ROWS, RUNS, ARCHIVE = "rows/", "runs/", "archive/"
_LINES = ".jsonl"
_MANIFEST_KEYS = frozenset(
    (
        "format",
        "verdict",
        "claim",
        "evidence",
        "weights",
        "packages",
        "left_out",
        "sources",
        "files",
    )
)


@dataclass(frozen=True)
class Bundle:
    """What a bundle holds: rows by table, run files, snapshots by their names in the archive.

    `about` is the manifest without the list of files; `digest` that of the manifest, by which a
    bundle can be cited.
    """

    rows: Rows
    runs: dict[str, bytes] = field(default_factory=dict)
    snapshots: dict[str, bytes] = field(default_factory=dict)
    about: dict[str, Any] = field(default_factory=dict)
    digest: str = ""

    def parse_runs(self) -> list[RunFile]:
        """Return the runs, checked; raise UserError for one that does not hold together."""
        return [parse_run(data, name) for name, data in sorted(self.runs.items())]


def make_files(bundle: Bundle, readme: str) -> dict[str, bytes]:
    """Return the files of a bundle by name, the manifest among them."""
    files = {README: readme.encode()}
    files |= {f"{ROWS}{table}{_LINES}": _as_lines(rows) for table, rows in bundle.rows.items()}
    files |= {f"{RUNS}{name}": data for name, data in bundle.runs.items()}
    files |= {f"{ARCHIVE}{name}": data for name, data in bundle.snapshots.items()}
    listed = {name: _describe(files[name]) for name in sorted(files)}
    manifest = {"format": FORMAT, **bundle.about, "files": listed}
    text = json.dumps(manifest, indent=1, sort_keys=True, ensure_ascii=False)
    return files | {MANIFEST: f"{text}\n".encode()}


def _describe(data: bytes) -> dict[str, Any]:
    return {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}


def _as_lines(rows: list[dict[str, Any]]) -> bytes:
    lines = sorted(json.dumps(row, sort_keys=True, ensure_ascii=False) for row in rows)
    return "".join(f"{line}\n" for line in lines).encode()


def parse_bundle(files: Mapping[str, bytes], name: str) -> Bundle:
    """Return what the files of an archive hold.

    Raises ArchiveError for files that are no bundle, or are not those that the manifest lists.
    """
    manifest = _parse_object(files.get(MANIFEST, b""), f"{name}: {MANIFEST}")
    keys = _MANIFEST_KEYS - ({"sources"} if manifest.get("format") in _OLDER else set())
    if manifest.get("format") not in (FORMAT, *_OLDER) or set(manifest) != keys:
        raise ArchiveError(f"{name}: no bundle; one has a {MANIFEST} of the format {FORMAT}")
    left_out = manifest["left_out"]
    if not isinstance(left_out, list) or not all(isinstance(entry, dict) for entry in left_out):
        raise ArchiveError(f"{name}: {MANIFEST}: left_out is no list of objects")
    _check_files(files, manifest["files"], name)
    bundle = Bundle(
        {}, about={key: value for key, value in manifest.items() if key != "files"},
        digest=hashlib.sha256(files[MANIFEST]).hexdigest(),
    )  # fmt: skip
    for path in sorted(set(files) - {MANIFEST, README}):
        _take_file(bundle, path, files[path], name)
    return bundle


def _check_files(files: Mapping[str, bytes], listed: Any, name: str) -> None:
    if not isinstance(listed, dict) or set(listed) != set(files) - {MANIFEST}:
        raise ArchiveError(f"{name}: the files are not those that {MANIFEST} lists")
    for path, stated in listed.items():
        if stated != _describe(files[path]):
            raise ArchiveError(
                f"{name}: {path}: the bytes do not have the digest that {MANIFEST} states"
            )


def _take_file(bundle: Bundle, path: str, data: bytes, name: str) -> None:
    if path.startswith(ROWS) and path.endswith(_LINES):
        table = path.removeprefix(ROWS).removesuffix(_LINES)
        lines = data.splitlines()
        bundle.rows[table] = [
            _parse_object(line, f"{name}: {path}, line {number}")
            for number, line in enumerate(lines, 1)
        ]
    elif path.startswith(RUNS) and path.endswith(SUFFIX):
        bundle.runs[path.removeprefix(RUNS)] = data
    elif path.startswith(ARCHIVE):
        bundle.snapshots[path.removeprefix(ARCHIVE)] = data
    else:
        raise ArchiveError(f"{name}: {path}: no such file belongs into a bundle")


def _parse_object(data: bytes, where: str) -> dict[str, Any]:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise ArchiveError(f"{where}: no JSON: {error}") from None
    if not isinstance(value, dict):
        raise ArchiveError(f"{where}: no JSON object")
    return value
