"""What a well-formed record says that cannot be so, or hardly: one function a rule, listed here."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from kb.records.files import Problem, RecordFile
from kb.records.lint.case import LintCase
from kb.records.lint.corrections import (
    find_notes_of_days_to_come,
    find_notes_on_what_stands,
    find_wrong_notes,
)
from kb.records.lint.days import (
    find_days_to_come,
    find_read_before_published,
    find_said_after_document,
)
from kb.records.lint.lengths import find_used_beyond_accepted, find_used_beyond_claimed
from kb.records.lint.means import find_false_means
from kb.records.lint.quotes import find_quotes_without_figure
from kb.records.lint.releases import (
    find_releases_of_the_unreleased,
    find_results_on_the_unreleased,
    find_unsaid_availability,
)
from kb.records.lint.scales import find_figures_off_scale, find_units_that_do_not_fit
from kb.records.lint.shares import find_shares_as_percent, find_value_beside_words

Rule = Callable[[LintCase], Iterator[Problem]]
RULES: tuple[Rule, ...] = (
    find_value_beside_words,
    find_shares_as_percent,
    find_figures_off_scale,
    find_units_that_do_not_fit,
    find_used_beyond_accepted,
    find_used_beyond_claimed,
    find_false_means,
    find_days_to_come,
    find_read_before_published,
    find_said_after_document,
    find_quotes_without_figure,
    find_unsaid_availability,
    find_releases_of_the_unreleased,
    find_results_on_the_unreleased,
    find_wrong_notes,
    find_notes_of_days_to_come,
    find_notes_on_what_stands,
)


def lint_records(records: Iterable[RecordFile], today: date) -> list[Problem]:
    """Return what the rules find in each record, in order; `today` is the day in UTC."""
    cases = [LintCase(record, today) for record in records]
    return sorted(problem for case in cases for rule in RULES for problem in rule(case))
