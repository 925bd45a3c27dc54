"""One cell of a table under its label → raw claims: a fact, a score, or a sentence."""

import re
from collections.abc import Iterator
from dataclasses import replace

from kb.reading.labels.labels import Label, find_label
from kb.reading.prose.prose import read_prose
from kb.reading.raw_claims import RawClaim, RawClaims
from kb.reading.subjects.scene import Scene
from kb.reading.tables.axes import find_halves, strip_brackets
from kb.reading.tables.cells import find_factor, read_cell
from kb.reading.tables.grids import NUMERIC
from kb.reading.tables.scores import read_score
from kb.reading.vocabulary.benchmarks import is_benchmark
from kb.text.marked_text import Marked


def read_one(
    cell: Marked,
    label: str,
    settings: list[str],
    subject: str | None,
    scene: Scene,
    out: RawClaims,
    where: str,
) -> None:
    """Read one cell: a fact under a known label, else a score, else prose."""
    if not cell.text:
        return
    subject = subject or scene.section
    subjects = (subject,) if subject else ()
    if halves := _split_halves(label, cell):
        for part, piece in halves:
            out.claims += [
                replace(claim, subjects=subjects, locator=where[:300])
                for claim in read_known(piece, part, label)
            ]
        return
    known = find_label(label) or find_label(strip_brackets(label))
    if known is not None and not (
        known.claim_type == "elo" and is_benchmark(label) and "elo" not in label.lower()
    ):
        found = list(read_known(cell, known, label))
    else:
        found = list(read_score(cell, label, settings))
    for claim in found:
        out.claims.append(replace(claim, subjects=subjects, locator=where[:300]))
    if not found:
        if len(cell.text.split()) >= 4:
            read_cell_as_prose(cell, subjects, scene, out, where)
        elif re.search(r"\d", cell.text):
            out.leave_out(f"{label}: {cell.text}", "a cell that holds no single value")


def read_known(cell: Marked, label: Label, text: str) -> Iterator[RawClaim]:
    """Return what a cell holds under a label that is known."""
    bare = bool(re.search(r"\(b\)|billion", text, re.IGNORECASE))
    return read_cell(label, cell, find_factor(text), bare_params=bare)


def _split_halves(label: str, cell: Marked) -> list[tuple[Label, Marked]]:
    """A heading that names two things, and their values: "Total / Active params" over "30B / 3B"."""
    labels, pieces = find_halves(label), cell.text.split("/")
    if not labels or len(pieces) > 2 or not NUMERIC.match(cell.text):
        return []
    middle = len(pieces[0])
    spans = [(0, middle), (middle + 1, len(cell.text))][: len(pieces)]
    return [(label, cell.cut(*span)) for label, span in zip(labels, spans, strict=False)]


def read_cell_as_prose(
    cell: Marked, subjects: tuple[str, ...], scene: Scene, out: RawClaims, where: str
) -> None:
    """Read a cell that holds a sentence."""
    inner = replace(
        scene, section=subjects[0] if subjects else scene.section, last=subjects or scene.last
    )
    read_prose(cell, inner, out, where[:300])
