"""Tables → raw claims: which axis holds the models, which the tests or facts, then each cell."""

import re
from dataclasses import replace

from kb.reading.labels.labels import find_label, is_category_label, is_subject_label
from kb.reading.raw_claims import OpenLabel, RawClaims
from kb.reading.subjects.scene import Scene
from kb.reading.tables.axes import (
    add_unknown,
    find_name_column,
    find_settings,
    find_sized,
    find_subject_column,
    is_fact,
    is_fact_label,
    is_model,
    is_specification,
    strip_brackets,
)
from kb.reading.tables.grids import NUMERIC, Grid, make_grid
from kb.reading.tables.row_names import find_sizes, has_repeats, make_row_subject, name_subject
from kb.reading.tables.scores import is_no_score
from kb.reading.tables.table_cells import read_cell_as_prose, read_known, read_one
from kb.reading.vocabulary.benchmarks import is_benchmark
from kb.text.blocks import TableBlock
from kb.text.marked_text import Marked

# Headings above a table of scores: "Evaluation results", "Performance comparison"
_RESULTS = re.compile(
    r"benchmark|evaluat|performance|result|score|accuracy|comparison|quality|leaderboard",
    re.IGNORECASE,
)
# Tables of a data mixture hold shares and epochs, not claims about the model.
_SHARE = re.compile(
    r"\b(?:fraction|proportion|share|sampling|mix(?:ture)?|epochs)\b", re.IGNORECASE
)


def read_table(table: TableBlock, scene: Scene, out: RawClaims, heading: str) -> None:
    """Add what the cells of `table` say."""
    grid = make_grid(table)
    if grid is None or grid.width < 2 or not grid.rows:
        return
    subject_column = find_subject_column(grid, scene)
    header_models = [
        index for index in range(grid.width) if index != 0 and is_model(grid.header[index], scene)
    ] or find_sized(grid, scene)
    row_labels = grid.column(0)
    facts_down = sum(is_fact(label) for label in row_labels)
    facts_across = sum(is_fact(label) for label in grid.header[1:]) + is_fact(grid.header[0])
    models_down = sum(is_model(label, scene) for label in row_labels)
    if any(_SHARE.search(heading) for heading in grid.header) and not header_models:
        out.leave_out(" | ".join(grid.header), "the make-up of a data mix")
        return
    where = f"table under {heading!r}" if heading else "table"
    if header_models and (facts_down >= max(models_down, facts_across > 1) or not facts_across):
        _read_by_column(grid, add_unknown(grid, header_models), scene, out, where, heading)
    elif subject_column is not None and (facts_across or _RESULTS.search(heading)):
        _read_by_row(grid, subject_column, scene, out, where, heading)
    elif facts_down and facts_down >= facts_across and grid.width <= 4:
        _read_pairs(grid, scene, out, where)
    elif subject_column is not None and is_subject_label(grid.header[subject_column]):
        _read_by_row(grid, subject_column, scene, out, where, heading)
    elif facts_across:
        _read_by_row(grid, None, scene, out, where, heading)
    else:
        _read_text_cells(grid, scene, out, where)


def _read_by_column(
    grid: Grid, models: list[int], scene: Scene, out: RawClaims, where: str, heading: str
) -> None:
    """Models across, tests or facts down."""
    name_column = find_name_column(grid, models)
    specifies = is_specification(grid.column(name_column))
    category = ""
    for row in grid.rows:
        label = row[name_column].text
        if not label and name_column + 1 < min(models):
            label = row[name_column + 1].text
        values = {cell.text for cell in row[1:]} - {""}
        if not label or (len({cell.text for cell in row}) == 1 and len(row) > 2) or not values:
            category = label or category
            continue
        if specifies and not is_fact_label(label):
            for index in models:
                about = (name_subject(grid.header[index], scene),)
                out.open.append(
                    OpenLabel(label, row[index], about, f"{where}, row {label!r}"[:300])
                )
            continue
        settings = find_settings(grid, row, name_column, models)
        for index in models:
            subject = name_subject(grid.header[index], scene)
            read_one(row[index], label, settings, subject, scene, out, f"{where}, row {label!r}")


def _read_by_row(
    grid: Grid, subject_column: int | None, scene: Scene, out: RawClaims, where: str, heading: str
) -> None:
    """Models down, tests or facts across."""
    repeated = has_repeats(grid, subject_column)
    is_results = bool(_RESULTS.search(heading)) or any(
        is_benchmark(column) for column in grid.header
    )
    last = ""
    for row in grid.rows:
        name = row[subject_column].text if subject_column is not None else ""
        name = name[:200] or last
        last = name
        if name and not re.search(r"\w", name):
            out.leave_out(" | ".join(cell.text for cell in row), "a row without a name")
            continue
        if subject_column is not None and re.fullmatch(
            r"total|average|mean|sum", name, re.IGNORECASE
        ):
            name = ""
        sizes = find_sizes(grid, row)
        subject = (
            make_row_subject(name, sizes, repeated, scene) if subject_column is not None else None
        )
        is_nameless = subject_column is None and bool(NUMERIC.fullmatch(row[0].text))
        extra = [row[0].text] if subject_column is None and row[0].text and not is_nameless else []
        for index, cell in enumerate(row):
            label = grid.header[index]
            is_name = index == subject_column and find_label(label) is None
            is_label = index == 0 and subject_column is None and not is_nameless
            if is_name or is_label or not cell.text:
                continue
            if not label or (is_category_label(label) and find_label(label) is None):
                continue
            if not is_results and not is_fact(label):
                place = f"{where}, {name or row[0].text!r}, column {label!r}"[:300]
                if len(cell.text.split()) >= 4:
                    read_cell_as_prose(cell, (subject,) if subject else (), scene, out, place)
                    continue
                out.open.append(OpenLabel(label, cell, (subject,) if subject else (), place))
                continue
            place = f"{where}, {name or row[0].text!r}, column {label!r}"
            _read_in_row(cell, label, name, sizes, subject, extra, scene, out, place)


def _read_in_row(
    cell: Marked,
    label: str,
    name: str,
    sizes: list[str],
    subject: str | None,
    extra: list[str],
    scene: Scene,
    out: RawClaims,
    where: str,
) -> None:
    known = find_label(label) or find_label(strip_brackets(label))
    parts = [part for part in re.split(r"[,/]|\band\b", cell.text) if part.strip()]
    if (
        subject
        and len(sizes) > 1
        and known is not None
        and len(parts) == len(sizes)
        and known.claim_type != "license"
    ):
        for claim, size in zip(read_known(cell, known, label), sizes, strict=False):
            out.claims.append(replace(claim, subjects=(f"{subject} {size}",), locator=where))
        return
    read_one(cell, label, extra, subject, scene, out, where)


def _read_pairs(grid: Grid, scene: Scene, out: RawClaims, where: str) -> None:
    """Two columns: what, and its value; the model is the section's or the document's."""
    header = is_model(grid.header[1], scene)
    subject = name_subject(grid.header[1], scene) if header else None
    for row in grid.rows:
        label = row[0].text
        if is_fact(label) and (is_fact_label(label) or not is_no_score(grid.header[1])):
            read_one(row[1], label, [], subject, scene, out, f"{where}, row {label!r}")
        elif label and row[1].text:
            subjects = (subject,) if subject else ()
            out.open.append(OpenLabel(label, row[1], subjects, f"{where}, row {label!r}"[:300]))
    first, value = grid.header[0], grid.header[1]
    if not header and is_fact(first) and re.search(r"\d", value):
        out.leave_out(f"{first}: {value}", "stands in a heading")


def _read_text_cells(grid: Grid, scene: Scene, out: RawClaims, where: str) -> None:
    for row in grid.rows:
        subject = row[0].text if is_model(row[0].text, scene) else ""
        names = tuple(mention.name for mention in scene.find(subject)[:1])
        for cell in row:
            if len(cell.text.split()) >= 4:
                read_cell_as_prose(cell, names, scene, out, where)
