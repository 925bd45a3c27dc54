"""Judgements on pairs of claims, which of them is in force, and the groups they make."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from kb.domain.in_force.unions import Union

RULE_PREFIX = "rule:"


class Likeness(StrEnum):
    """What can be said of two claims; `withdrawn` takes a judgement back."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class JudgementFact:
    """A judgement as it is on record."""

    id: str
    left_id: str
    right_id: str
    outcome: Likeness
    reason: str
    author: str
    judged_at: datetime
    score: float | None = None
    supersedes_id: str | None = None

    @property
    def pair(self) -> tuple[str, str]:
        """The two claims, in the order of their ids."""
        return self.left_id, self.right_id

    @property
    def is_rule(self) -> bool:
        """Whether a rule gave it, and not a person."""
        return self.author.startswith(RULE_PREFIX)


@dataclass(frozen=True)
class Groups:
    """Claims that say the same.

    `canonical` gives for each claim of a group the one that stands for it; a claim that is
    alone is not in it. `conflicts` tell, in words, where judgements contradict each other:
    nothing is merged there.
    """

    canonical: dict[str, str] = field(default_factory=dict)
    conflicts: list[str] = field(default_factory=list)

    def get_canonical(self, claim_id: str) -> str:
        """Return the claim that stands for `claim_id`; itself if it is alone."""
        return self.canonical.get(claim_id, claim_id)

    def list_members(self) -> dict[str, list[str]]:
        """Return the members of each group, by canonical claim, in the order of their ids."""
        members: dict[str, list[str]] = defaultdict(list)
        for claim_id in sorted(self.canonical):
            members[self.canonical[claim_id]].append(claim_id)
        return dict(members)


def find_heads(
    judgements: Iterable[JudgementFact], *, of_rules: bool
) -> dict[tuple[str, str], JudgementFact]:
    """Return the last word of the rules, or of people, on each pair; withdrawn ones too."""
    chosen = [judgement for judgement in judgements if judgement.is_rule is of_rules]
    superseded = {judgement.supersedes_id for judgement in chosen}
    heads = (judgement for judgement in chosen if judgement.id not in superseded)
    ordered = sorted(heads, key=lambda judgement: (judgement.judged_at, judgement.id))
    return {judgement.pair: judgement for judgement in ordered}


def find_in_force(judgements: Iterable[JudgementFact]) -> dict[tuple[str, str], JudgementFact]:
    """Return the judgement in force for each pair: a person's word outranks a rule's."""
    rows = list(judgements)
    force = find_heads(rows, of_rules=True)
    people = find_heads(rows, of_rules=False)
    force.update({k: v for k, v in people.items() if v.outcome is not Likeness.WITHDRAWN})
    return {k: v for k, v in force.items() if v.outcome is not Likeness.WITHDRAWN}


def make_groups(
    judgements: Iterable[JudgementFact], founding_rows: Mapping[str, str | None]
) -> Groups:
    """Join what is the same, unless a judgement says that two of those joined differ.

    What people joined is joined first. What rules join on top is given up as a whole where it
    brings together two claims that differ, or two founding claims. `founding_rows` gives the
    number in the founding list of every claim that has one.
    """
    force = find_in_force(judgements)
    same = [judgement for judgement in force.values() if judgement.outcome is Likeness.SAME]
    apart = [judgement for judgement in force.values() if judgement.outcome is Likeness.DIFFERENT]
    by_people = Union()
    for judgement in same:
        if not judgement.is_rule:
            by_people.join(*judgement.pair)
    denied = [judgement for judgement in apart if _is_within(judgement, by_people)]
    conflicts = [_tell(judgement, by_people) for judgement in denied]
    broken = {by_people.find(judgement.left_id) for judgement in denied}
    people = Union()
    for members in by_people.list_groups():
        if by_people.find(members[0]) not in broken:
            people.join(*members)
    whole, told = _join_rules(people, same, apart, founding_rows)
    canonical = {
        claim_id: _choose(members, founding_rows) for members in whole for claim_id in members
    }
    return Groups(canonical, sorted({*conflicts, *told}))


def _is_within(judgement: JudgementFact, union: "Union") -> bool:
    return not judgement.is_rule and union.find(judgement.left_id) == union.find(judgement.right_id)


def _join_rules(
    people: "Union",
    same: list[JudgementFact],
    apart: list[JudgementFact],
    founding_rows: Mapping[str, str | None],
) -> tuple[list[list[str]], list[str]]:
    """Return the groups, with what rules join where it makes no conflict, and the conflicts."""
    joined = Union()
    for members in people.list_groups():
        joined.join(*members)
    for judgement in same:
        if judgement.is_rule:
            joined.join(*judgement.pair)
    bad: dict[str, str] = {}
    for judgement in apart:
        if people.find(judgement.left_id) != people.find(judgement.right_id):
            root = joined.find(judgement.left_id)
            if root == joined.find(judgement.right_id):
                bad.setdefault(root, _tell(judgement, joined))
    for members in joined.list_groups():
        carriers = sorted({people.find(member) for member in members if founding_rows.get(member)})
        if len(carriers) > 1:
            named = sorted(
                str(founding_rows[member]) for member in members if founding_rows.get(member)
            )
            words = f"founding claims {' and '.join(named)} would become one; a person decides"
            bad.setdefault(joined.find(members[0]), words)
    groups = [members for members in joined.list_groups() if joined.find(members[0]) not in bad]
    kept = [members for members in people.list_groups() if joined.find(members[0]) in bad]
    return groups + kept, list(bad.values())


def _tell(judgement: JudgementFact, union: "Union") -> str:
    members = [m for m in union.list_group(judgement.left_id) if m not in judgement.pair]
    through = f" by way of {', '.join(members[:5])}" if members else ""
    return (
        f"{judgement.left_id} and {judgement.right_id} are joined{through}, "
        f"but {judgement.author} says that they differ ({judgement.reason}); "
        "nothing is merged there"
    )


def _choose(members: list[str], founding_rows: Mapping[str, str | None]) -> str:
    """The first in the founding list stands for the group, else the claim with the lowest id."""
    return min(
        members,
        key=lambda member: (
            founding_rows.get(member) is None,
            founding_rows.get(member) or "",
            member,
        ),
    )
