"""Where on this machine the files of a release lie; kept out of the database on purpose."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from kb.store.files import write_atomically


@dataclass(frozen=True)
class LocalWeights:
    """The weights of a release on this machine: a GGUF file or a folder of safetensors."""

    release_id: str
    path: str
    sha256: str


def store_local_weights(home: Path, weights: LocalWeights) -> None:
    """Remember where the weights of a release lie."""
    data = json.dumps(asdict(weights), indent=1).encode()
    write_atomically(home / "local_releases" / f"{weights.release_id}.json", data)


def find_local_weights(home: Path, release_id: str) -> LocalWeights | None:
    """Return where the weights lie, or None if they are not on this machine any more."""
    path = home / "local_releases" / f"{release_id}.json"
    if not path.exists():
        return None
    weights = LocalWeights(**json.loads(path.read_text()))
    return weights if Path(weights.path).exists() else None
