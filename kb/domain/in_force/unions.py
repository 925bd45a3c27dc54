"""Disjoint sets of ids: join them pair by pair, then list them in a settled order."""

from collections import defaultdict
from collections.abc import Iterable


class Union:
    """Disjoint sets of ids."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}
        self._groups: dict[str, list[str]] | None = None

    def find(self, member: str) -> str:
        """Return the id that stands for the set of `member`."""
        root = member
        while self._parent.get(root, root) != root:
            root = self._parent[root]
        while self._parent.get(member, member) != root:
            self._parent[member], member = root, self._parent[member]
        return root

    def join(self, *ids: str) -> None:
        """Make one set of the sets of `ids`."""
        self._groups = None
        roots = sorted({self.find(member) for member in ids})
        for member in (*ids, *roots):
            self._parent.setdefault(member, member)
        for root in roots[1:]:
            self._parent[root] = roots[0]

    def list_groups(self) -> list[list[str]]:
        """Return the members of every set, sorted."""
        return [members for _, members in sorted(self._collect().items())]

    def list_group(self, member: str) -> list[str]:
        """Return the members of the set of `member`, sorted."""
        return self._collect().get(self.find(member), [member])

    def _collect(self) -> dict[str, list[str]]:
        if self._groups is None:
            self._groups = defaultdict(list)
            for member in sorted(self._parent):
                self._groups[self.find(member)].append(member)
        return self._groups


def list_components(pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Return the members of every set that `pairs` join, sorted."""
    union = Union()
    for pair in pairs:
        union.join(*pair)
    return union.list_groups()
