"""Reviewed aliases and pairs, ready to be looked up by the key of a parsed name."""

from dataclasses import dataclass, field
from functools import cache

from kb.models.names.lookups import AliasEntry, Lookups, NotSameEntry, load_lookups
from kb.models.names.parse import parse_model_name
from kb.models.names.parts import NameParts


@dataclass(frozen=True)
class Reviewed:
    """Aliases by (release) key, pairs by both keys, and releases that are models of their own."""

    aliases: dict[str, AliasEntry] = field(default_factory=dict)
    pairs: dict[frozenset[str], NotSameEntry] = field(default_factory=dict)
    own_releases: frozenset[str] = frozenset()

    def find_alias(self, parts: NameParts) -> AliasEntry | None:
        """Return the entry that lists this name; a precision that it doesn't list is no matter."""
        if parts.release_key in self.own_releases:
            return None
        return self.aliases.get(parts.release_key) or self.aliases.get(parts.key)

    def find_pair(self, left: NameParts, right: NameParts) -> NotSameEntry | None:
        """Return the entry that keeps these two names apart."""
        for keys in _make_keys(left, right):
            if keys in self.pairs:
                return self.pairs[keys]
        return None

    def get_identity(self, parts: NameParts) -> str:
        """Return the key of the model: with the precision, if a pair says that it matters."""
        is_own = parts.release_key in self.own_releases
        return parts.release_key if is_own else parts.key


def _make_keys(left: NameParts, right: NameParts) -> list[frozenset[str]]:
    """Keys of a pair; without precisions too, unless that makes the names equal."""
    keys = [frozenset((left.release_key, right.release_key))]
    if left.key != right.key:
        keys.append(frozenset((left.key, right.key)))
    return keys


def make_reviewed(lookups: Lookups) -> Reviewed:
    """Return the entries by key."""
    aliases = {
        parse_model_name(name, lookups).release_key: entry
        for entry in lookups.aliases
        for name in (entry.name, *entry.also)
    }
    pairs: dict[frozenset[str], NotSameEntry] = {}
    own: set[str] = set()
    for entry in lookups.not_the_same:
        left, right = (parse_model_name(name, lookups) for name in entry.names)
        pairs[_make_keys(left, right)[0]] = entry
        if left.key == right.key:
            own |= {parts.release_key for parts in (left, right) if parts.precision}
    return Reviewed(aliases, pairs, frozenset(own))


@cache
def load_reviewed() -> Reviewed:
    """Load the reviewed entries that come with the package."""
    return make_reviewed(load_lookups())
