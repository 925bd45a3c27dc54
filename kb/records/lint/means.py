"""A rule on means: a mean is that of its own cells, where the record gives them.

The cells of a mean are the results of the same metric, reporter and source, at other lengths or
on other tests: `ruler` at 4K, 8K and 16K beside `ruler_mean`.
"""

import re
from collections.abc import Iterator

from kb.domain.drafts import ResultDraft
from kb.records.files import Problem
from kb.records.lint.case import LintCase, as_decimal
from kb.records.rounding import compute_mean, could_be_mean

_MEAN = re.compile(
    r"(?:(?:mean|average|avg)[_. -](?:of[_. -])?(.+)|(.+)[_. -](?:mean|average|avg))"
)
_FEWEST = 2


def find_false_means(case: LintCase) -> Iterator[Problem]:
    """A mean that the cells beside it don't give."""
    for i, mean in enumerate(case.draft.results):
        cells = [result for result in case.draft.results if _is_cell(result, mean)]
        if mean.value is None or len(cells) < _FEWEST:
            continue
        figures = [as_decimal(cell.value or 0) for cell in cells]
        if could_be_mean(as_decimal(mean.value), figures):
            continue
        words = (
            f"{mean.metric} is {mean.value:g}, and the mean of its {len(cells)} cells here is "
            f"{compute_mean(figures):.2f}; check the figures, or say with `n` how many cells it has"
        )
        is_whole = mean.n == len(cells)
        yield (case.error if is_whole else case.warning)(("results", i, "value"), words)


def _is_cell(cell: ResultDraft, mean: ResultDraft) -> bool:
    match = _MEAN.fullmatch(mean.metric)
    if match is None or cell.metric != (match[1] or match[2]) or cell.value is None:
        return False
    same = ("source", "reported_by", "unit")
    return all(getattr(cell, name) == getattr(mean, name) for name in same)
