"""Weights made ready for the engine: a folder it can serve, made once per release."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kb.domain.errors import UserError
from kb.models.weight_headers import WeightFacts, read_weight_facts
from kb.models.weight_headers.facts import read_header_bytes
from kb.store.files import build_folder, compute_sha256
from kb.store.home.local_weights import LocalWeights

CONVERSION = "gguf-to-safetensors/1"


@dataclass(frozen=True)
class ReadyWeights:
    """A folder to serve, the facts that the release's own header declares, and its digest."""

    folder: Path
    facts: WeightFacts
    sha256: str
    conversion: str | None


def read_local_facts(local: LocalWeights) -> WeightFacts:
    """Return what the header of local weights declares."""
    return read_weight_facts(read_header_bytes(Path(local.path)))


def prepare_weights(
    local: LocalWeights, weights: Path, on_convert: Callable[[], None] = lambda: None
) -> ReadyWeights:
    """Return a folder that can be served, converting a GGUF file if that is not done yet.

    Raises UserError when the file has changed since it was crawled, or the conversion fails.
    """
    source = Path(local.path)
    facts = read_local_facts(local)
    if compute_sha256(source) != local.sha256:
        raise UserError(f"{source.name} has changed since it was crawled; run `kb crawl` again")
    if facts.format == "safetensors":
        return ReadyWeights(source.parent, facts, local.sha256, None)
    folder = weights / f"{local.sha256[:16]}-{CONVERSION.replace('/', '-')}"
    if not folder.exists():
        on_convert()
        with build_folder(folder) as building:
            _convert(source, building)
    return ReadyWeights(folder, facts, local.sha256, CONVERSION)


def _convert(source: Path, folder: Path) -> None:
    command = [sys.executable, "-m", "verifiers.serving.conversion", str(source), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode != 0:
        last = "\n".join(done.stderr.strip().splitlines()[-4:])
        raise UserError(f"{source.name} cannot be converted for the engine:\n{last}")
