"""Rules on lengths: no model uses more of a text than it takes in."""

from collections.abc import Iterator

from kb.domain.drafts import Conditions, ResultDraft
from kb.records.files import Problem
from kb.records.lint.case import LintCase, as_words

_USED, _ACCEPTED = "effective_context", ("accepted_context", "served_context")


def find_used_beyond_accepted(case: LintCase) -> Iterator[Problem]:
    """An effective length above every length that was accepted."""
    accepted = [
        result for result in case.draft.results if result.metric in _ACCEPTED and result.value
    ]
    if not accepted:
        return
    for i, used in _list_used(case):
        alike = [
            result for result in accepted if _is_one_set_up(result.conditions, used.conditions)
        ]
        most = max(result.value or 0 for result in (alike or accepted))
        if (used.value or 0) > most:
            words = f"used up to {as_words(used.value or 0)} tokens, but only {as_words(most)} "
            remedy = "accepted; are the two figures swapped, or is one from another set-up?"
            tell = case.error if alike else case.warning
            yield tell(("results", i, "value"), words + remedy)


def find_used_beyond_claimed(case: LintCase) -> Iterator[Problem]:
    """An effective length above every length that anybody claims."""
    claimed = [claim.quantity.high for claim in case.draft.claims if claim.type == "context_length"]
    for i, used in _list_used(case):
        if claimed and (used.value or 0) > max(claimed):
            words = (
                f"used up to {as_words(used.value or 0)} tokens, but at most "
                f"{as_words(max(claimed))} are claimed; check the figure (K or M?), or add the "
                "claim that allows it"
            )
            yield case.warning(("results", i, "value"), words)


def _list_used(case: LintCase) -> list[tuple[int, ResultDraft]]:
    found = enumerate(case.draft.results)
    return [
        (i, result) for i, result in found if result.metric == _USED and result.value is not None
    ]


def _is_one_set_up(one: Conditions, other: Conditions) -> bool:
    """Whether both name the same machine, precision and server, and name at least one."""
    names = ("hardware", "precision", "provider")
    parts = [(getattr(one, name), getattr(other, name)) for name in names]
    return any(a for a, _ in parts) and all(a == b for a, b in parts)
