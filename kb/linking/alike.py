"""Which claims on record say what a new one says, in the same words or in others."""

from collections.abc import Iterable
from dataclasses import dataclass

from kb.domain.encoding import Encoder
from kb.domain.in_force.judgements import Likeness
from kb.linking.candidates import find_pairs
from kb.linking.compared_claims import ComparedClaim


@dataclass(frozen=True)
class Alike:
    """A claim that is alike: how sure it is, how near (0 to 1), and why."""

    id: str
    claimed: str
    outcome: Likeness
    score: float
    reason: str


def find_alike(new: ComparedClaim, known: Iterable[ComparedClaim], encoder: Encoder) -> list[Alike]:
    """Return what is the same as `new`, or may be, the likeliest first."""
    block = {
        claim.id: claim
        for claim in known
        if (claim.model_id, claim.claim_type) == (new.model_id, new.claim_type)
    }
    twin = block.pop(new.id, None)
    found = (
        [] if twin is None else [Alike(twin.id, twin.claimed_text, Likeness.SAME, 1.0, "the same")]
    )
    for pair in find_pairs([*block.values(), new], encoder):
        if new.id not in (pair.left_id, pair.right_id):
            continue
        other = block[pair.right_id if pair.left_id == new.id else pair.left_id]
        comparison = pair.comparison
        if comparison.outcome in (Likeness.SAME, Likeness.UNSURE):
            found.append(
                Alike(
                    other.id,
                    other.claimed_text,
                    comparison.outcome,
                    comparison.score,
                    comparison.reason,
                )
            )
    return sorted(
        found, key=lambda alike: (alike.outcome is not Likeness.SAME, -alike.score, alike.id)
    )
