"""How many numbers a model is made of: in all, by role, and those that one token uses."""

from collections.abc import Iterable
from dataclasses import dataclass

from kb.models.architectures.parts import UNUSED_BY_TEXT, Part, Role, Shape


@dataclass(frozen=True)
class Count:
    """Counts of parameters. `active` is None where the architecture is not known.

    `active` counts the embedding table whole, `active_without_embedding` not at all: a token
    only looks up one row of it, and vendors count it either way. Where the table is the output
    layer too (tied), every token uses all of it, and both are the same.
    """

    total: int
    by_role: dict[Role, int]
    active: int | None = None
    active_without_embedding: int | None = None

    @property
    def embedding(self) -> int:
        """Embedding table and output layer."""
        return self.by_role.get(Role.EMBEDDING, 0) + self.by_role.get(Role.OUTPUT, 0)


def count_shape(shape: Shape) -> Count:
    """Return the counts of a shape, as its config declares it."""
    by_role = sum_by_role((part.role, part.elements) for part in shape.parts)
    used = sum_by_role((part.role, _count_used(part)) for part in shape.parts)
    return make_count(by_role, used)


def _count_used(part: Part) -> int:
    return part.elements * part.used // part.copies


def sum_by_role(pairs: Iterable[tuple[Role, int]]) -> dict[Role, int]:
    """Return the sums by role, in the order of roles."""
    sums: dict[Role, int] = {}
    for role, elements in pairs:
        sums[role] = sums.get(role, 0) + elements
    return {role: sums[role] for role in Role if role in sums}


def make_count(by_role: dict[Role, int], used: dict[Role, int] | None) -> Count:
    """Return the counts; `used` is what a token uses of each role, None where not known."""
    total = sum(by_role.values())
    if used is None:
        return Count(total, by_role)
    active = sum(count for role, count in used.items() if role not in UNUSED_BY_TEXT)
    tied = Role.OUTPUT not in by_role
    looked_up = 0 if tied else used.get(Role.EMBEDDING, 0)
    return Count(total, by_role, active, active - looked_up)
