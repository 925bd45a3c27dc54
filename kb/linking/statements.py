"""Compare two claims in words, once it is known how near their sentences and words are."""

from collections.abc import Mapping
from dataclasses import dataclass

from kb.domain.in_force.judgements import Likeness
from kb.linking.compared_claims import ComparedClaim, Comparison, weaken
from kb.linking.conditions import compare_conditions
from kb.linking.lexicon import load_lexicon
from kb.linking.metrics import get_metric
from kb.linking.wording import Wording, level_wording

# Chosen on pairs written for the purpose: the model finds "faster" and "slower" nearer than
# many synonyms, so nearness decides only where nothing that could be an opposite is left over.
SENTENCE_SAME = 0.85
WORD_SAME = 0.77
UNSURE = 0.70

_WordPair = tuple[str, str]


def make_statement_key(claim: ComparedClaim) -> tuple[object, ...]:
    """Return what claims of one model and type share when they say the same."""
    return (level_wording(claim.claimed_text).form, claim.metric, claim.conditions_key)


@dataclass(frozen=True)
class Leftover:
    """The words of each that the other lacks, where nearness of words has to decide."""

    left: tuple[str, ...]
    right: tuple[str, ...]

    def list_pairs(self) -> list[_WordPair]:
        """Every word of one beside every word of the other."""
        return [(a, b) for a in self.left for b in self.right]


def find_contradiction(a: ComparedClaim, b: ComparedClaim) -> Comparison | None:
    """Return what makes it impossible that both say the same, if anything does."""
    left, right = level_wording(a.claimed_text), level_wording(b.claimed_text)
    reason = _contradict(left, right)
    if reason is not None:
        return Comparison(Likeness.DIFFERENT, 0.0, reason)
    if a.metric and b.metric and get_metric(a) != get_metric(b):
        return Comparison(Likeness.DIFFERENT, 0.0, f"about {a.metric} and about {b.metric}")
    found = compare_conditions(a.conditions, b.conditions, is_in_words=True)
    return found if found is not None and found.outcome is Likeness.DIFFERENT else None


def _contradict(left: Wording, right: Wording) -> str | None:
    if left.numbers != right.numbers:
        return "the numbers differ"
    if left.bounds != right.bounds and left.bounds and right.bounds:
        return "the bounds differ"
    if left.negated != right.negated:
        return "one denies what the other does not"
    if left.roles != right.roles and {n for _, n in left.roles} == {n for _, n in right.roles}:
        return "the same names in other roles"
    if left.words == right.words and left.order != right.order:
        return "opposites in another order"
    extra, missing = left.words - right.words, right.words - left.words
    opposites = load_lexicon().opposites
    if any(frozenset((x, y)) in opposites for x in extra for y in missing):
        return "they say the opposite"
    if extra & left.names and missing & right.names:
        return "they name different things"
    return None


def list_leftover(a: ComparedClaim, b: ComparedClaim) -> Leftover | None:
    """Return the words that are left to compare; None when both have none, or only one has."""
    left, right = level_wording(a.claimed_text).words, level_wording(b.claimed_text).words
    extra, missing = sorted(left - right), sorted(right - left)
    return Leftover(tuple(extra), tuple(missing)) if extra and missing else None


def judge_statements(
    a: ComparedClaim, b: ComparedClaim, nearness: float, near_words: Mapping[_WordPair, float]
) -> Comparison:
    """Return what is found of two claims in words that are near each other.

    `nearness` is that of the sentences, `near_words` that of the words in `list_leftover`.
    """
    against = find_contradiction(a, b)
    if against is not None:
        return Comparison(Likeness.DIFFERENT, nearness, against.reason)
    conditions = compare_conditions(a.conditions, b.conditions, is_in_words=True)
    return weaken([_judge_words(a, b, nearness, near_words), conditions])


def _judge_words(
    a: ComparedClaim, b: ComparedClaim, nearness: float, near_words: Mapping[_WordPair, float]
) -> Comparison:
    left, right = level_wording(a.claimed_text), level_wording(b.claimed_text)
    if left.form == right.form:
        return Comparison(Likeness.SAME, 1.0, "the same words, once they are levelled")
    if left.bounds != right.bounds:
        return Comparison(Likeness.UNSURE, nearness, "one gives a bound, the other does not")
    leftover = list_leftover(a, b)
    if leftover is None or (left.names - right.names or right.names - left.names):
        return Comparison(Likeness.UNSURE, nearness, "one says more than the other")
    if nearness >= SENTENCE_SAME and _all_have_a_match(leftover, near_words):
        return Comparison(Likeness.SAME, nearness, "sentences and words are near in meaning")
    return Comparison(Likeness.UNSURE, nearness, "the sentences are near, some words are not")


def _all_have_a_match(leftover: Leftover, near_words: Mapping[_WordPair, float]) -> bool:
    best_left = [max(near_words[a, b] for b in leftover.right) for a in leftover.left]
    best_right = [max(near_words[a, b] for a in leftover.left) for b in leftover.right]
    return min(*best_left, *best_right) >= WORD_SAME
