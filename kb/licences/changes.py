"""What changed between two texts of a licence, term by term."""

from dataclasses import dataclass

from kb.licences.terms import Licence, Term

_NOT_TOLD = ("use_grant",)


@dataclass(frozen=True)
class Change:
    """A term that came, went, or says something else; `before` or `after` is None."""

    kind: str
    before: Term | None
    after: Term | None


def list_changes(old: Licence, new: Licence) -> tuple[Change, ...]:
    """Return the terms that differ, in the order of the new text; equal words are no change."""
    kinds = dict.fromkeys(term.kind for term in (*new.terms, *old.terms))
    return tuple(
        change
        for kind in kinds
        if kind not in _NOT_TOLD
        for change in _compare(kind, old.of_kind(kind), new.of_kind(kind))
    )


def _compare(kind: str, old: tuple[Term, ...], new: tuple[Term, ...]) -> list[Change]:
    """Pair off what says the same; of the rest, one for one in order."""
    gone = [term for term in old if _say(term) not in {_say(kept) for kept in new}]
    came = [term for term in new if _say(term) not in {_say(kept) for kept in old}]
    paired = min(len(gone), len(came))
    changed = [Change(kind, a, b) for a, b in zip(gone, came, strict=False)]
    left = [Change(kind, term, None) for term in gone[paired:]]
    return [*changed, *left, *(Change(kind, None, term) for term in came[paired:])]


def _say(term: Term) -> tuple[object, str]:
    return (term.value, " ".join(term.quote.lower().split()))
