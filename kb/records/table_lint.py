"""Check a published table of scores by length against the rule that it states itself.

From the printed scores alone: each row's effective length and mean are computed again. Printed
figures are rounded, so a cell within half a unit of its last digit of the threshold is a tie, and
a mean may be off by the rounding of its cells and its own.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from kb.domain.errors import UserError
from kb.records.rounding import compute_half_step, compute_mean, could_be_mean
from kb.records.score_rows import ScoreRow, as_number, as_tokens, parse_score_rows

ABSOLUTE = Decimal("85.6")  # RULER's, on the mean of its 13 tasks (arXiv 2404.06654)
RELATIVE = Decimal("0.85")  # NoLiMa's, of the model's own base score (arXiv 2502.05167)
_PUBLISHED = re.compile(r"([<>]?)\s*=?\s*(\d+)\s*(k|m)?", re.IGNORECASE)
_EFFECTIVE = ("effective_as_published", "effective", "effective_length")
_MEAN = ("average_as_published", "average", "avg", "mean")
_BASE = ("base_score", "base")


@dataclass(frozen=True)
class TableRule:
    """The rule of a table: a threshold for all, or a share of each row's base score."""

    threshold: Decimal | None = None
    share: Decimal | None = None

    @property
    def words(self) -> str:
        """The rule as a reader would say it."""
        if self.threshold is not None:
            return f"a score of at least {self.threshold} there and at all shorter lengths"
        return f"at least {self.share} of the base score there and at all shorter lengths"


@dataclass(frozen=True)
class Issue:
    """What is wrong in a row: `kind` is effective, mean, threshold or tie."""

    line: int
    model: str
    kind: str
    printed: str
    computed: str
    words: str


@dataclass
class TableReport:
    """The rule, how many rows were checked, and what was found."""

    rule: str
    rows: int = 0
    issues: list[Issue] = field(default_factory=list)

    def of_kind(self, kind: str) -> list[Issue]:
        """The issues of one kind."""
        return [issue for issue in self.issues if issue.kind == kind]


def lint_table(
    text: str, threshold: Decimal | None = None, share: Decimal | None = None
) -> TableReport:
    """Return what contradicts the table's own rule.

    The rule is the given one, else the relative one where there is a base score, else the
    absolute one. Raises UserError naming line and column of what cannot be read.
    """
    rows, names = parse_score_rows(text)
    rule = _find_rule(names, threshold, share)
    report = TableReport(rule.words, len(rows))
    for row in rows:
        report.issues += _check_row(row, rule)
    return report


def _find_rule(names: Iterable[str], threshold: Decimal | None, share: Decimal | None) -> TableRule:
    if threshold is not None and share is not None:
        raise UserError("one rule: --threshold or --share, not both")
    if threshold is None and (share is not None or set(names) & set(_BASE)):
        return TableRule(share=RELATIVE if share is None else share)
    return TableRule(threshold=ABSOLUTE if threshold is None else threshold)


def _find(row: ScoreRow, names: Sequence[str]) -> str | None:
    return next((row.cells[name] for name in names if row.cells.get(name)), None)


def _check_row(row: ScoreRow, rule: TableRule) -> list[Issue]:
    threshold, slack = _find_threshold(row, rule)
    if threshold is None or not row.scores:
        return []
    found = [*_check_threshold(row, threshold, slack), *_check_mean(row)]
    ties = [length for length, score in row.scores if abs(score - threshold) <= slack + _tie(score)]
    for length in ties:
        words = f"the score at {_say(length)} is the threshold, to the precision printed"
        found.append(Issue(row.line, row.model, "tie", _say(length), str(threshold), words))
    return [*_check_effective(row, threshold, ties), *found]


def _tie(score: Decimal) -> Decimal:
    """A cell ties if its printed value could be rounded from the threshold itself."""
    return compute_half_step(score)


def _find_threshold(row: ScoreRow, rule: TableRule) -> tuple[Decimal | None, Decimal]:
    if rule.threshold is not None:
        return rule.threshold, Decimal(0)
    base = _find(row, _BASE)
    if base is None or rule.share is None:
        return None, Decimal(0)
    value = as_number(base, row.line, "base_score")
    return value * rule.share, compute_half_step(value) * rule.share


def _check_threshold(row: ScoreRow, threshold: Decimal, slack: Decimal) -> list[Issue]:
    printed = row.cells.get("threshold")
    if not printed:
        return []
    value = as_number(printed, row.line, "threshold")
    if abs(value - threshold) <= slack + compute_half_step(value):
        return []
    words = f"the threshold is {threshold.normalize()} by the rule"
    return [Issue(row.line, row.model, "threshold", printed, str(threshold.normalize()), words)]


def _check_mean(row: ScoreRow) -> list[Issue]:
    printed = _find(row, _MEAN)
    if printed is None:
        return []
    value = as_number(printed, row.line, "mean")
    cells = [score for _, score in row.scores]
    if could_be_mean(value, cells):
        return []
    computed = f"{compute_mean(cells):.2f}"
    words = f"the mean of the printed scores is {computed}"
    return [Issue(row.line, row.model, "mean", printed, computed, words)]


def _check_effective(row: ScoreRow, threshold: Decimal, ties: Sequence[int]) -> list[Issue]:
    printed = _find(row, _EFFECTIVE)
    if printed is None:
        return []
    match = _PUBLISHED.fullmatch(printed)
    if match is None:
        raise UserError(f"line {row.line}, column effective: {printed[:40]!r} is not a length")
    said = 0 if match[1] == "<" else as_tokens(match[2], match[3])
    possible = {_compute(row, threshold, ties, ties_pass) for ties_pass in (True, False)}
    if said in possible:
        return []
    right = _compute(row, threshold, ties, ties_pass=True)
    failed = next((f"{score} at {_say(length)}" for length, score in row.scores
                   if score < threshold), "no score below it")  # fmt: skip
    computed = _say(right) if right else f"<{_say(row.scores[0][0])}"
    words = f"by the table's rule it is {computed}: {failed}, and the threshold is {threshold}"
    return [Issue(row.line, row.model, "effective", printed, computed, words)]


def _compute(row: ScoreRow, threshold: Decimal, ties: Sequence[int], ties_pass: bool) -> int:
    """The longest length such that it and all shorter ones pass; 0 if the first does not."""
    longest = 0
    for length, score in row.scores:
        if not (ties_pass if length in ties else score >= threshold):
            break
        longest = length
    return longest


def _say(length: int) -> str:
    if length >= 1_000_000 and length % 1_000_000 == 0:
        return f"{length // 1_000_000}M"
    return f"{length // 1000}K" if length >= 1000 and length % 1000 == 0 else str(length)
