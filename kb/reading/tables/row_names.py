"""Whom a row or a column of a table is about: its name, with the size or variant beside it."""

import re

from kb.reading.labels.labels import find_label
from kb.reading.subjects.scene import Scene, is_same_family, strip_member
from kb.reading.tables.axes import strip_unit
from kb.reading.tables.grids import SIZE_ONLY, Grid
from kb.text.marked_text import Marked

# Rows under a family: "Instruct", "Base model", "Mini"
_VARIANT_ONLY = re.compile(
    r"(?:base|instruct|chat|it|pt|pretrained|fine-?tuned|small|medium|large|mini|tiny|nano|pro|flash)(?: model)?",
    re.IGNORECASE,
)  # fmt: skip


def name_subject(header: str, scene: Scene) -> str:
    """Return the model that the heading of a column names."""
    if scene.base and SIZE_ONLY.fullmatch(header):
        return name_size(header, scene)
    found = scene.find(header)
    if len(found) == 1:
        rest = (header[: found[0].start] + " " + header[found[0].end :]).strip(" *:()-–")
        if rest and SIZE_ONLY.fullmatch(rest):
            return f"{found[0].name} {rest}"
        if re.fullmatch(
            r"(?:base|instruct|chat|it|thinking|non-thinking|\d+[BM])", rest, re.IGNORECASE
        ):
            return f"{found[0].name} {rest}"
        return found[0].name
    return header[:80]


def make_row_subject(name: str, sizes: list[str], repeated: bool, scene: Scene) -> str | None:
    """Return the model that a row names, with its size where names repeat."""
    found = scene.find(name)
    if not name:
        return None
    if found:
        subject = found[0].name
        rest = name[found[0].end :].strip(" *:()-–")
        if SIZE_ONLY.fullmatch(rest):
            subject = f"{subject} {rest}"
    elif scene.base and SIZE_ONLY.fullmatch(strip_unit(name)):
        subject = name_size(strip_unit(name), scene)
    elif scene.base and _VARIANT_ONLY.fullmatch(name):
        subject = f"{scene.base} {name}"
    else:
        subject = name[:80]
    if repeated and len(sizes) == 1 and SIZE_ONLY.fullmatch(sizes[0]):
        return f"{subject} {sizes[0]}"
    return subject


def name_size(size: str, scene: Scene) -> str:
    """Return the model of the family that has this size; the document's own, when it is its."""
    if scene.document and re.search(
        rf"(?<![\d.]){re.escape(size)}\b", scene.document, re.IGNORECASE
    ):
        return scene.document
    section = scene.section if is_same_family(scene.section or "", scene.document) else None
    return f"{strip_member(section) if section else scene.base} {size}"


def has_repeats(grid: Grid, column: int | None) -> bool:
    """Whether a name stands in more than one row."""
    if column is None:
        return False
    names = [text for text in grid.column(column) if text]
    return len(set(names)) < len(names)


def find_sizes(grid: Grid, row: list[Marked]) -> list[str]:
    """Return the sizes that a row lists under a heading for them: "7B, 13B" gives two."""
    for index, label in enumerate(grid.header):
        if not label and SIZE_ONLY.fullmatch(row[index].text):
            return [row[index].text]
        found = find_label(label)
        if found is not None and found.claim_type == "params_total" and row[index].text:
            return [
                part.strip() for part in re.split(r"[,/]|\band\b", row[index].text) if part.strip()
            ]
    return []
