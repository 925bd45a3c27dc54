"""Disjoint sets of ids: join them pair by pair, then list them in a settled order."""

from collections import defaultdict
from collections.abc import Iterable


class Union:
    """Disjoint sets of ids."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}
        self._groups: dict[str, list[str]] | None = None

    def find(self, each: str) -> str:
        """Return the id that stands for the set of `each`."""
        root = each
        while self._parent.get(root, root) != root:
            root = self._parent[root]
        while self._parent.get(each, each) != root:
            self._parent[each], each = root, self._parent[each]
        return root

    def join(self, *ids: str) -> None:
        """Make one set of the sets of `ids`."""
        self._groups = None
        roots = sorted({self.find(each) for each in ids})
        for each in (*ids, *roots):
            self._parent.setdefault(each, each)
        for root in roots[1:]:
            self._parent[root] = roots[0]

    def list_groups(self) -> list[list[str]]:
        """Return the members of every set, sorted."""
        return [members for _, members in sorted(self._collect().items())]

    def list_group(self, each: str) -> list[str]:
        """Return the members of the set of `each`, sorted."""
        return self._collect().get(self.find(each), [each])

    def _collect(self) -> dict[str, list[str]]:
        if self._groups is None:
            self._groups = defaultdict(list)
            for each in sorted(self._parent):
                self._groups[self.find(each)].append(each)
        return self._groups


def list_components(pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Return the members of every set that `pairs` join, sorted."""
    union = Union()
    for pair in pairs:
        union.join(*pair)
    return union.list_groups()
