"""Which axis of a table holds the models, which the tests or facts."""

import re

from kb.reading.labels.labels import (
    Label,
    find_label,
    is_benchmark_label,
    is_category_label,
    is_qualifier_label,
    is_shots_label,
    is_subject_label,
)
from kb.reading.subjects.scene import Scene
from kb.reading.tables.grids import NUMERIC, SIZE_ONLY, Grid
from kb.reading.vocabulary.benchmarks import is_benchmark
from kb.text.marked_text import Marked

# Columns of numbers that no model heads: "Δ", "Gain", "Human", "SOTA", "# Samples"
_NO_MODEL = re.compile(
    r"Δ|\b(?:diff(?:erence)?|delta|gain|improve\w*|change|std|rank|samples?|size|total|sota|human|random)\b",
    re.IGNORECASE,
)  # fmt: skip


def is_model(text: str, scene: Scene) -> bool:
    """Whether a label is a name of a model, and little else."""
    if not text or len(text) > 90:
        return False
    found = scene.find(text)
    covered = sum(mention.end - mention.start for mention in found)
    return covered >= 0.5 * len(re.sub(r"\([^()]*\)|\s", "", text)) if found else False


def is_fact(text: str) -> bool:
    """Whether a label tells what its line or column holds: a fact or a test."""
    if not text or len(text) > 120:
        return False
    return is_fact_label(text) or is_benchmark(text)


def is_fact_label(text: str) -> bool:
    """Whether a label stands for a claim type, or for two of them."""
    return any(map(find_label, (text, strip_brackets(text)))) or bool(find_halves(text))


def find_halves(label: str) -> tuple[Label, ...]:
    """Return what the halves of a label stand for: "Total / Active params"."""
    parts = [part.strip() for part in label[:120].split("/")]
    if len(parts) != 2 or find_label(label) is not None:
        return ()
    shared = parts[1].partition(" ")[2]
    first = find_label(f"{parts[0]} {shared}") or find_label(parts[0])
    second = find_label(parts[1])
    return (first, second) if first and second else ()


def strip_brackets(text: str) -> str:
    """Return a label without the bracket at its end."""
    return re.sub(r"\s*\([^()]*\)\s*$", "", text)


def is_specification(labels: list[str]) -> bool:
    """Whether a table tells what models are made of, not how they scored."""
    return any(map(is_fact_label, labels)) and not any(map(is_benchmark, labels))


def find_subject_column(grid: Grid, scene: Scene) -> int | None:
    """Return which column holds the models: by its heading, else by what stands in it."""
    for index in range(min(3, grid.width)):
        is_link = grid.header[index].lower().startswith("download")
        if is_subject_label(grid.header[index]) and not (
            is_link and not any(is_model(text, scene) for text in grid.column(index)[:40])
        ):
            return index
    for index in range(min(2, grid.width)):
        column = [text for text in grid.column(index)[:40] if text]
        if column and sum(is_model(text, scene) for text in column) * 2 >= len(column):
            return index
    for index in range(min(2, grid.width)):
        label, column = find_label(grid.header[index]), [t for t in grid.column(index) if t]
        is_size = label is not None and label.claim_type == "params_total" and grid.width > 2
        sized = [SIZE_ONLY.fullmatch(strip_unit(text)) is not None for text in column]
        if is_size and scene.base and sized and all(sized):
            return index
    return None


def strip_unit(text: str) -> str:
    """Return a size without the word for its unit: "7B parameters" is 7B."""
    return re.sub(r"\s*param\w*$", "", text, flags=re.IGNORECASE)


def find_sized(grid: Grid, scene: Scene) -> list[int]:
    """Columns whose headings are the sizes of the family's members: "7B", "70B"."""
    headings = grid.header[1:]
    if scene.base and headings and all(SIZE_ONLY.fullmatch(heading) for heading in headings):
        return list(range(1, grid.width))
    return []


def add_unknown(grid: Grid, models: list[int]) -> list[int]:
    """Columns of numbers that stand among the models are models too, whatever their names."""
    found = list(models)
    for index in range(1, grid.width):
        header = grid.header[index]
        cells = [text for text in grid.column(index) if text]
        if (
            index not in models
            and re.search(r"[A-Za-z]" if index > min(models) else r"[A-Za-z]-?\d|\d-?[A-Z]", header)
            and not _NO_MODEL.search(header)
            and not is_fact(header)
            and not any(
                test(header)
                for test in (
                    is_shots_label,
                    is_qualifier_label,
                    is_category_label,
                    is_benchmark_label,
                )
            )
            and sum(NUMERIC.fullmatch(text) is not None for text in cells) * 2 > len(cells)
        ):
            found.append(index)
    return sorted(found)


def find_name_column(grid: Grid, models: list[int]) -> int:
    """Return which column holds the names of tests or facts."""
    for index in range(min(models)):
        if is_benchmark_label(grid.header[index]) and not re.search(
            r"category|capability|domain|area", grid.header[index], re.IGNORECASE
        ):
            return index
    known = [sum(is_fact(text) for text in grid.column(i)) for i in range(min(models))]
    return known.index(max(known)) if any(known) else 0


def find_settings(grid: Grid, row: list[Marked], name: int, models: list[int]) -> list[str]:
    """Return how the score of a row was made, from the columns before the models."""
    settings = []
    for index in range(min(models)):
        text = row[index].text
        if index == name or not text or text == "-":
            continue
        if is_shots_label(grid.header[index]):
            settings.append(f"{text}-shot" if text.isdigit() else text)
        elif is_qualifier_label(grid.header[index]):
            settings.append(text)
    return settings
