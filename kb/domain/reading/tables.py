"""Tables → findings: which axis holds the models, which the tests or facts, then each cell."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kb.domain.reading.benchmarks import is_benchmark
from kb.domain.reading.blocks import Table
from kb.domain.reading.cells import find_factor, read_cell
from kb.domain.reading.finding import Finding, Findings
from kb.domain.reading.labels import (
    Label,
    find_label,
    is_benchmark_label,
    is_category_label,
    is_qualifier_label,
    is_shots_label,
    is_subject_label,
)
from kb.domain.reading.marked_text import Marked
from kb.domain.reading.prose import read_prose
from kb.domain.reading.scene import Scene, is_same_family, strip_member
from kb.domain.reading.scores import read_score

_SIZE_ONLY = re.compile(
    r"(?:\d{1,4}x)?\d{1,4}(?:\.\d{1,2})?\s?[BMT]|\d+\s(?:billion|million)", re.IGNORECASE
)
_VARIANT_ONLY = re.compile(
    r"(?:base|instruct|chat|it|pt|pretrained|fine-?tuned|small|medium|large|mini|tiny|nano|pro|flash)(?: model)?",
    re.IGNORECASE,
)  # fmt: skip
_RESULTS = re.compile(
    r"benchmark|evaluat|performance|result|score|accuracy|comparison|quality|leaderboard",
    re.IGNORECASE,
)
_NUMERIC = re.compile(
    r"[~<>≈]?\s?[$€]?\d[\d.,]*\s?(?:%|[KMBT]\b)?(?:\s?\([^()]{0,30}\))?", re.IGNORECASE
)
_SETTING = re.compile(
    r"-|\d+[- ]?shots?.{0,20}|.{0,12}@\d+.{0,8}|acc(?:uracy)?|em|f1|cot|maj@\d+|(?:avg|average)\b.{0,12}|%",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"\b(?:fraction|proportion|share|sampling|mix(?:ture)?|epochs)\b", re.IGNORECASE
)
_NO_MODEL = re.compile(
    r"Δ|\b(?:diff(?:erence)?|delta|gain|improve\w*|change|std|rank|samples?|size|total|sota|human|random)\b",
    re.IGNORECASE,
)  # fmt: skip
_MAX_COLUMNS = 80


@dataclass(frozen=True)
class _Grid:
    header: list[str]
    rows: list[list[Marked]]

    @property
    def width(self) -> int:
        return len(self.header)

    def column(self, index: int) -> list[str]:
        return [row[index].text for row in self.rows]


def read_table(table: Table, scene: Scene, out: Findings, heading: str) -> None:
    """Add what the cells of `table` say."""
    grid = _make_grid(table)
    if grid is None or grid.width < 2 or not grid.rows:
        return
    subject_column = _find_subject_column(grid, scene)
    header_models = [
        index for index in range(grid.width) if index != 0 and _is_model(grid.header[index], scene)
    ]
    row_labels = grid.column(0)
    facts_down = sum(_is_fact(label) for label in row_labels)
    facts_across = sum(_is_fact(label) for label in grid.header[1:]) + _is_fact(grid.header[0])
    models_down = sum(_is_model(label, scene) for label in row_labels)
    if any(_SHARE.search(each) for each in grid.header) and not header_models:
        out.leave_out(" | ".join(grid.header), "the make-up of a data mix")
        return
    where = f"table under {heading!r}" if heading else "table"
    if header_models and (facts_down >= max(models_down, facts_across > 1) or not facts_across):
        _read_by_column(grid, _add_unknown(grid, header_models), scene, out, where, heading)
    elif subject_column is not None and (facts_across or _RESULTS.search(heading)):
        _read_by_row(grid, subject_column, scene, out, where, heading)
    elif facts_down and facts_down >= facts_across and grid.width <= 4:
        _read_pairs(grid, scene, out, where)
    elif facts_across:
        _read_by_row(grid, None, scene, out, where, heading)
    else:
        _read_text_cells(grid, scene, out, where)


def _make_grid(table: Table) -> _Grid | None:
    rows = [row[:_MAX_COLUMNS] for row in table.rows if any(cell.text for cell in row)]
    if len(rows) < 2:
        return None
    width = max(len(row) for row in rows[:50])
    empty = Marked("", (), ())
    rows = [[*row, *[empty] * (width - len(row))][:width] for row in rows]
    if not any(cell.text for cell in table.rows[0]) and rows[0][0].text:
        rows.insert(0, [empty] * width)  # the heading is there, and empty: what follows is values
    header = [cell.text for cell in rows[0]]
    body = rows[1:]
    for _ in range(2):
        if len(body) < 2 or not _is_more_header(header, body[0]):
            break
        header = [_merge(above, cell.text) for above, cell in zip(header, body[0], strict=True)]
        body = body[1:]
    return _Grid(header, body)


def _is_more_header(header: list[str], row: list[Marked]) -> bool:
    """A second line of headings: no numbers in it, and either settings or parts of a wide one."""
    texts = [cell.text for cell in row]
    if any(_NUMERIC.fullmatch(text) and not _SIZE_ONLY.fullmatch(text) for text in texts[1:]):
        return False
    filled = [text for text in texts[1:] if text]
    if not filled or texts[0] not in ("", header[0]):
        return False
    is_setting = all(_SETTING.fullmatch(text) for text in filled)
    is_split = any(a == b and a for a, b in itertools.pairwise(header))
    return is_setting or is_split


def _merge(above: str, below: str) -> str:
    if not below or below in ("-", above):
        return above
    if _SETTING.fullmatch(below):
        return f"{above} ({below})"
    return f"{above} {below}".strip()


def _is_model(text: str, scene: Scene) -> bool:
    if not text or len(text) > 90:
        return False
    found = scene.find(text)
    covered = sum(each.end - each.start for each in found)
    return covered >= 0.5 * len(re.sub(r"\([^()]*\)|\s", "", text)) if found else False


def _is_fact(text: str) -> bool:
    if not text or len(text) > 120:
        return False
    return find_label(_bare(text)) is not None or find_label(text) is not None or is_benchmark(text)


def _bare(text: str) -> str:
    return re.sub(r"\s*\([^()]*\)\s*$", "", text)


def _find_subject_column(grid: _Grid, scene: Scene) -> int | None:
    """Which column holds the models: by its heading, else by what stands in it."""
    for index in range(min(3, grid.width)):
        if is_subject_label(grid.header[index]):
            return index
    for index in range(min(2, grid.width)):
        column = [text for text in grid.column(index)[:40] if text]
        if column and sum(_is_model(text, scene) for text in column) * 2 >= len(column):
            return index
    for index in range(min(2, grid.width)):
        label, column = find_label(grid.header[index]), [t for t in grid.column(index) if t]
        is_size = label is not None and label.type == "params_total" and grid.width > 2
        sized = [_SIZE_ONLY.fullmatch(_bare_size(text)) is not None for text in column]
        if is_size and scene.base and sized and all(sized):
            return index
    return None


def _bare_size(text: str) -> str:
    return re.sub(r"\s*param\w*$", "", text, flags=re.IGNORECASE)


def _read_by_column(
    grid: _Grid, models: list[int], scene: Scene, out: Findings, where: str, heading: str
) -> None:
    """Models across, tests or facts down."""
    name_column = _find_name_column(grid, models)
    category = ""
    for row in grid.rows:
        label = row[name_column].text
        if not label and name_column + 1 < min(models):
            label = row[name_column + 1].text
        values = {cell.text for cell in row[1:]} - {""}
        if not label or (len({cell.text for cell in row}) == 1 and len(row) > 2) or not values:
            category = label or category
            continue
        settings = _find_settings(grid, row, name_column, models)
        for index in models:
            subject = _name_subject(grid.header[index], scene)
            _read_one(row[index], label, settings, subject, scene, out, f"{where}, row {label!r}")


def _add_unknown(grid: _Grid, models: list[int]) -> list[int]:
    """Columns of numbers that stand among the models are models too, whatever their names."""
    found = list(models)
    for index in range(min(models) + 1, grid.width):
        header = grid.header[index]
        cells = [text for text in grid.column(index) if text]
        if (
            index not in models
            and re.search(r"[A-Za-z]", header)
            and not _NO_MODEL.search(header)
            and not _is_fact(header)
            and not any(
                test(header)
                for test in (
                    is_shots_label,
                    is_qualifier_label,
                    is_category_label,
                    is_benchmark_label,
                )
            )
            and sum(_NUMERIC.fullmatch(text) is not None for text in cells) * 2 > len(cells)
        ):
            found.append(index)
    return sorted(found)


def _find_name_column(grid: _Grid, models: list[int]) -> int:
    for index in range(min(models)):
        if is_benchmark_label(grid.header[index]) and not re.search(
            r"category|capability|domain|area", grid.header[index], re.IGNORECASE
        ):
            return index
    known = [sum(_is_fact(text) for text in grid.column(i)) for i in range(min(models))]
    return known.index(max(known)) if any(known) else 0


def _find_settings(grid: _Grid, row: list[Marked], name: int, models: list[int]) -> list[str]:
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


def _name_subject(header: str, scene: Scene) -> str:
    found = scene.find(header)
    if len(found) == 1:
        rest = (header[: found[0].start] + " " + header[found[0].end :]).strip(" *:()-–")
        if rest and _SIZE_ONLY.fullmatch(rest):
            return f"{found[0].name} {rest}"
        if re.fullmatch(
            r"(?:base|instruct|chat|it|thinking|non-thinking|\d+[BM])", rest, re.IGNORECASE
        ):
            return f"{found[0].name} {rest}"
        return found[0].name
    return header[:80]


def _read_by_row(
    grid: _Grid, subject_column: int | None, scene: Scene, out: Findings, where: str, heading: str
) -> None:
    """Models down, tests or facts across."""
    repeated = _has_repeats(grid, subject_column)
    is_results = bool(_RESULTS.search(heading)) or any(is_benchmark(each) for each in grid.header)
    last = ""
    for row in grid.rows:
        name = row[subject_column].text if subject_column is not None else ""
        name = name[:200] or last
        last = name
        if subject_column is not None and re.fullmatch(
            r"total|average|mean|sum", name, re.IGNORECASE
        ):
            name = ""
        sizes = _find_sizes(grid, row)
        subject = (
            _make_row_subject(name, sizes, repeated, scene) if subject_column is not None else None
        )
        extra = [row[0].text] if subject_column is None and row[0].text else []
        for index, cell in enumerate(row):
            label = grid.header[index]
            is_name = index == subject_column and find_label(label) is None
            if is_name or not cell.text or (index == 0 and subject_column is None):
                continue
            if not label or (is_category_label(label) and find_label(label) is None):
                continue
            if not is_results and not _is_fact(label):
                out.leave_out(f"{label}: {cell.text}", "a column that no rule knows")
                continue
            place = f"{where}, {name or row[0].text!r}, column {label!r}"
            _read_in_row(cell, label, name, sizes, subject, extra, scene, out, place)


def _has_repeats(grid: _Grid, column: int | None) -> bool:
    if column is None:
        return False
    names = [text for text in grid.column(column) if text]
    return len(set(names)) < len(names)


def _find_sizes(grid: _Grid, row: list[Marked]) -> list[str]:
    """The sizes that a row lists under a heading for them: "7B, 13B" gives two."""
    for index, label in enumerate(grid.header):
        if not label and _SIZE_ONLY.fullmatch(row[index].text):
            return [row[index].text]
        found = find_label(label)
        if found is not None and found.type == "params_total" and row[index].text:
            return [
                part.strip() for part in re.split(r"[,/]|\band\b", row[index].text) if part.strip()
            ]
    return []


def _make_row_subject(name: str, sizes: list[str], repeated: bool, scene: Scene) -> str | None:
    found = scene.find(name)
    if not name:
        return None
    if found:
        subject = found[0].name
        rest = name[found[0].end :].strip(" *:()-–")
        if _SIZE_ONLY.fullmatch(rest):
            subject = f"{subject} {rest}"
    elif scene.base and _SIZE_ONLY.fullmatch(_bare_size(name)):
        subject = _name_size(_bare_size(name), scene)
    elif scene.base and _VARIANT_ONLY.fullmatch(name):
        subject = f"{scene.base} {name}"
    else:
        subject = name[:80]
    if repeated and len(sizes) == 1 and _SIZE_ONLY.fullmatch(sizes[0]):
        return f"{subject} {sizes[0]}"
    return subject


def _name_size(size: str, scene: Scene) -> str:
    """The model of a family that has this size; the document's own, when that is its size."""
    if scene.document and re.search(
        rf"(?<![\d.]){re.escape(size)}\b", scene.document, re.IGNORECASE
    ):
        return scene.document
    section = scene.section if is_same_family(scene.section or "", scene.document) else None
    return f"{strip_member(section) if section else scene.base} {size}"


def _read_in_row(
    cell: Marked,
    label: str,
    name: str,
    sizes: list[str],
    subject: str | None,
    extra: list[str],
    scene: Scene,
    out: Findings,
    where: str,
) -> None:
    known = find_label(label) or find_label(_bare(label))
    parts = [part for part in re.split(r"[,/]|\band\b", cell.text) if part.strip()]
    if (
        subject
        and len(sizes) > 1
        and known is not None
        and len(parts) == len(sizes)
        and known.type != "license"
    ):
        for finding, size in zip(_read_known(cell, known, label), sizes, strict=False):
            out.found.append(replace(finding, subjects=(f"{subject} {size}",), locator=where))
        return
    _read_one(cell, label, extra, subject, scene, out, where)


def _read_known(cell: Marked, label: Label, text: str) -> Iterator[Finding]:
    bare = bool(re.search(r"\(b\)|billion", text, re.IGNORECASE))
    return read_cell(label, cell, find_factor(text), bare_params=bare)


def _read_one(
    cell: Marked,
    label: str,
    settings: list[str],
    subject: str | None,
    scene: Scene,
    out: Findings,
    where: str,
) -> None:
    """Read one cell: a fact under a known label, else a score, else prose."""
    if not cell.text:
        return
    subjects = (subject,) if subject else ()
    known = find_label(label) or find_label(_bare(label))
    if known is not None and not (
        known.type == "elo" and is_benchmark(label) and "elo" not in label.lower()
    ):
        found = list(_read_known(cell, known, label))
    else:
        found = list(read_score(cell, label, settings))
    for finding in found:
        out.found.append(replace(finding, subjects=subjects, locator=where[:300]))
    if not found:
        if len(cell.text.split()) >= 4:
            _read_as_prose(cell, subjects, scene, out, where)
        elif re.search(r"\d", cell.text):
            out.leave_out(f"{label}: {cell.text}", "a cell that holds no single value")


def _read_as_prose(
    cell: Marked, subjects: tuple[str, ...], scene: Scene, out: Findings, where: str
) -> None:
    inner = replace(
        scene, section=subjects[0] if subjects else scene.section, last=subjects or scene.last
    )
    read_prose(cell, inner, out, where[:300])


def _read_pairs(grid: _Grid, scene: Scene, out: Findings, where: str) -> None:
    """Two columns: what, and its value; the model is the section's or the document's."""
    header = _is_model(grid.header[1], scene)
    subject = _name_subject(grid.header[1], scene) if header else None
    for row in grid.rows:
        label = row[0].text
        if _is_fact(label):
            _read_one(row[1], label, [], subject, scene, out, f"{where}, row {label!r}")
    first, value = grid.header[0], grid.header[1]
    if not header and _is_fact(first) and re.search(r"\d", value):
        out.leave_out(f"{first}: {value}", "stands in a heading")


def _read_text_cells(grid: _Grid, scene: Scene, out: Findings, where: str) -> None:
    for row in grid.rows:
        subject = row[0].text if _is_model(row[0].text, scene) else ""
        names = tuple(each.name for each in scene.find(subject)[:1])
        for cell in row:
            if len(cell.text.split()) >= 4:
                _read_as_prose(cell, names, scene, out, where)
