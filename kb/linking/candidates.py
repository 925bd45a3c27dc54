"""Link claims: block by model and type, then by value or wording, then by nearness of meaning.

What is found of a pair depends on its two claims alone. Claims of equal levelled form are
joined to the first of them; the first of each form are then compared with one another.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from kb.domain.encoding import Encoder, Vectors
from kb.domain.in_force.judgements import Likeness
from kb.domain.in_force.unions import list_components
from kb.linking.compared_claims import ComparedClaim, Comparison, Pair, make_pair
from kb.linking.figures import find_figure_pairs, judge_figures, make_figure_key
from kb.linking.nearness import encode_distinct, find_near
from kb.linking.statements import (
    SENTENCE_SAME,
    UNSURE,
    find_contradiction,
    judge_statements,
    list_leftover,
    make_statement_key,
)
from kb.linking.wording import level_wording

_KEPT_PER_CLAIM = 3  # of those that are unsure, and of those that are near and differ
_Near = tuple[ComparedClaim, ComparedClaim, float]
_Contradict = Callable[[ComparedClaim, ComparedClaim], Comparison | None]


@dataclass(frozen=True)
class Block:
    """Claims of one model and type: the first of each form, and those that say the same as it."""

    first: list[ComparedClaim]
    repeated: list[Pair]


def find_pairs(
    claims: Iterable[ComparedClaim],
    encoder: Encoder,
    on_step: Callable[[str], None] = lambda words: None,
) -> list[Pair]:
    """Return what is found of all pairs that are alike, in the order of their ids."""
    by_kind: dict[bool, dict[tuple[str, str], list[ComparedClaim]]] = {True: {}, False: {}}
    for claim in claims:
        key = claim.model_id, claim.claim_type
        by_kind[claim.is_quantity].setdefault(key, []).append(claim)
    on_step("comparing figures")
    figures = [_make_block(group, make_figure_key) for group in by_kind[True].values()]
    pairs = [pair for block in figures for pair in _link_figures(block)]
    on_step("levelling words")
    statements = [_make_block(group, make_statement_key) for group in by_kind[False].values()]
    pairs += _link_statements(statements, encoder, on_step)
    return sorted(_keep_nearest(pairs))


def _make_block(
    claims: Iterable[ComparedClaim], make_key: Callable[[ComparedClaim], tuple[object, ...]]
) -> Block:
    first: dict[tuple[object, ...], ComparedClaim] = {}
    repeated: list[Pair] = []
    for claim in sorted(claims, key=lambda claim: claim.id):
        known = first.setdefault(make_key(claim), claim)
        if known is not claim:
            comparison = Comparison(Likeness.SAME, 1.0, "the same, once spelling is levelled")
            repeated.append(make_pair(known, claim, comparison))
    return Block(list(first.values()), repeated)


def _link_figures(block: Block) -> Iterator[Pair]:
    pairs = list(find_figure_pairs(block.first))
    yield from block.repeated
    yield from pairs
    yield from _check_joined(block.first, pairs, _contradict_figures)


def _contradict_figures(a: ComparedClaim, b: ComparedClaim) -> Comparison | None:
    found = judge_figures(a, b)
    if found is None:
        return Comparison(Likeness.DIFFERENT, 0.0, "the figures differ")
    return found if found.outcome is Likeness.DIFFERENT else None


def _link_statements(
    blocks: Sequence[Block], encoder: Encoder, on_step: Callable[[str], None]
) -> Iterator[Pair]:
    crowds = [_list_crowds(block) for block in blocks]
    on_step("encoding sentences")
    texts = (_text_of(claim) for several in crowds for crowd in several for claim in crowd)
    vectors = encode_distinct(encoder, texts)
    on_step("comparing sentences")
    near = [list(_list_near(several, vectors)) for several in crowds]
    near_words = _encode_leftovers([crowd for several in near for crowd in several], encoder)
    for block, found in zip(blocks, near, strict=True):
        pairs = [
            make_pair(a, b, judge_statements(a, b, score, near_words)) for a, b, score in found
        ]
        yield from block.repeated
        yield from pairs
        yield from _check_joined(block.first, pairs, find_contradiction)


def _text_of(claim: ComparedClaim) -> str:
    return level_wording(claim.claimed_text).text


def _list_crowds(block: Block) -> list[list[ComparedClaim]]:
    """Claims by their numbers, where there are several: other numbers are never compared."""
    crowds: dict[tuple[str, ...], list[ComparedClaim]] = defaultdict(list)
    for claim in block.first:
        crowds[level_wording(claim.claimed_text).numbers].append(claim)
    return [crowd for crowd in crowds.values() if len(crowd) > 1]


def _list_near(
    crowds: Iterable[list[ComparedClaim]], vectors: dict[str, Vectors]
) -> Iterator[_Near]:
    for crowd in crowds:
        rows = [vectors[_text_of(claim)] for claim in crowd]
        for i, j, score in find_near(rows, UNSURE):
            yield crowd[i], crowd[j], round(score, 2)


def _encode_leftovers(near: Iterable[_Near], encoder: Encoder) -> dict[tuple[str, str], float]:
    """How near the words are that nothing but nearness can match."""
    pairs = {
        pair
        for a, b, score in near
        if score >= SENTENCE_SAME and find_contradiction(a, b) is None
        if (leftover := list_leftover(a, b)) is not None
        for pair in leftover.list_pairs()
    }
    words = encode_distinct(encoder, {word for pair in pairs for word in pair})
    return {(a, b): float(words[a] @ words[b]) for a, b in pairs}


def _check_joined(
    claims: Iterable[ComparedClaim], pairs: Iterable[Pair], contradict: _Contradict
) -> Iterator[Pair]:
    """Look at all that would become one: two of them may still contradict each other."""
    by_id = {claim.id: claim for claim in claims}
    same = {
        (pair.left_id, pair.right_id) for pair in pairs if pair.comparison.outcome is Likeness.SAME
    }
    for members in list_components(same):
        for left, right in combinations(members, 2):
            against = None if (left, right) in same else contradict(by_id[left], by_id[right])
            if against is not None:
                yield Pair(left, right, against)


def _keep_nearest(pairs: Iterable[Pair]) -> list[Pair]:
    """All that is the same and what contradicts it; of the rest the nearest of each claim."""
    kept: dict[tuple[str, str], Pair] = {}
    count: dict[tuple[str, Likeness], int] = defaultdict(int)
    for pair in sorted(pairs, key=lambda pair: (-pair.comparison.score, pair)):
        outcome = pair.comparison.outcome
        keys = (pair.left_id, outcome), (pair.right_id, outcome)
        is_needed = outcome is Likeness.SAME or pair.comparison.score == 0.0
        if is_needed or min(count[key] for key in keys) < _KEPT_PER_CLAIM:
            kept.setdefault((pair.left_id, pair.right_id), pair)
            for key in keys:
                count[key] += 1
    return list(kept.values())
