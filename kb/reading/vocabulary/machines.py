"""Machines in a sentence: what a model runs on, and what it was trained on."""

import re
from collections.abc import Iterator

from kb.reading.raw_claims import RawClaim
from kb.text.marked_text import Marked

_COUNTS = {"single": 1, "one": 1, "a": 1, "two": 2, "four": 4, "eight": 8, "sixteen": 16}
# "A100", "H800s", "GB200", "MI300X", "RTX 4090", "TPU v5p", "GPUs"
_GPU = r"(?P<gpu>(?:A|H|B|GB|V|L)\d{2,3}s?|MI\d{3}X?s?|RTX \d{4}s?|TPU ?v\d\w?s?|GPUs?)"
# "8x NVIDIA H100 80GB", "a single H100", "two A100-80G GPUs", "one H100 DGX host"
_MACHINE = re.compile(
    rf"\b(?P<count>\d{{1,6}}(?:,\d{{3}})*|single|one|two|four|eight|sixteen)\s?(?:x|×|-)?\s?(?:NVIDIA |AMD |Nvidia )?"
    rf"(?:\d{{2,3}}\s?GB )?{_GPU}(?![\w])(?:-?(?P<memory>\s?\d{{2,3}}\s?GB?))?(?P<host> DGX host| node)?(?: GPUs?)?"
    r"(?: with (?P<with>\d{2,3}\s?GB))?", re.IGNORECASE,
)  # fmt: skip
# "24 GB of VRAM"
_MEMORY = re.compile(
    r"(?<![\w.])(?P<gb>\d{1,5}(?:\.\d)?)\s?GB (?:of )?(?:GPU |V?RAM|memory|vram)", re.IGNORECASE
)
# "fits on", "can be served with", "needs"
_RUNS = re.compile(
    r"\b(?:fits?|runs?|running|ran|serv\w+|deploy\w*|requires?|needs?|need|host\w*|inference|load\w*|using)\b",
    re.IGNORECASE,
)
# "trained on 2,048 H800 GPUs"; "GPUs: 512" stands in lists on training.
_TRAINS = re.compile(r"\btrain\w*|pre-?train\w*|^GPUs:", re.IGNORECASE)
# Of a bare amount of memory it must be said that the model needs it.
_NEEDS = re.compile(
    r"\b(?:fits?|runs?|requires?|needs?|need|serve|can be (?:run|served|deployed))\b", re.IGNORECASE
)


def find_machines(sentence: Marked) -> Iterator[RawClaim]:
    """Yield what the sentence says of GPUs: counts for training, needs for running."""
    text = sentence.text
    trains, runs = bool(_TRAINS.search(text)), bool(_NEEDS.search(text))
    for match in _MACHINE.finditer(text):
        count = _COUNTS.get(match["count"].lower()) or int(match["count"].replace(",", ""))
        if re.match(r"[\s-]*hours", text[match.end() : match.end() + 8], re.IGNORECASE):
            continue
        if trains and count >= 8:
            yield RawClaim(
                "training_compute",
                sentence,
                match.start(),
                match.end(),
                float(count),
                None,
                "gpus",
                metric="GPUs",
            )
        elif runs and count <= 1024:
            yield RawClaim(
                "hardware_fit",
                sentence,
                match.start(),
                match.end(),
                claimed_text=_describe(count, match),
            )
    if _RUNS.search(text):
        for match in _MEMORY.finditer(text):
            if not re.search(
                r"\bwith\s*$|\bGPUs? ", text[max(0, match.start() - 8) : match.start()]
            ):
                yield RawClaim(
                    "hardware_fit",
                    sentence,
                    match.start(),
                    match.end(),
                    claimed_text=f"{match['gb']} GB",
                )


def _describe(count: int, match: re.Match[str]) -> str:
    gpu = re.sub(r"s$", "", match["gpu"])
    memory = (match["with"] or "").replace(" ", "").upper()
    gpu = "GPU" if gpu.lower() == "gpu" else gpu
    if match["host"]:
        return f"{count}x {gpu}{match['host']}"
    return f"{count}x {memory} {gpu}" if memory else f"{count}x {gpu}"
