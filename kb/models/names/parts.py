"""What a model name is made of, and the one spelling under which equal names meet."""

import unicodedata
from dataclasses import dataclass

_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789.")


@dataclass(frozen=True)
class NameParts:
    """The parts of a name, levelled: lower case, sizes as 17b, 128e, a3b, 8x7b.

    `words` are what is left once everything else is taken out: family and variant words.
    `owner` is the first half of `owner/name`, `vendor` the vendor that owner or a leading word
    is known to stand for. `precision` and file formats say which release, not which model.
    """

    text: str
    words: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    precision: tuple[str, ...] = ()
    owner: str | None = None
    vendor: str | None = None

    @property
    def tokens(self) -> tuple[str, ...]:
        """All that names the model, in a settled order, whatever order it was written in.

        Versions follow the first word; those below 1 ("v0.1") number a revision and come last.
        """
        leading = tuple(version for version in self.versions if version.lstrip("v")[:1] != "0")
        revisions = tuple(version for version in self.versions if version.lstrip("v")[:1] == "0")
        return (
            *self.words[:1],
            *leading,
            *self.words[1:],
            *self.sizes,
            *self.marks,
            *self.contexts,
            *self.dates,
            *self.stages,
            *revisions,
        )

    @property
    def key(self) -> str:
        """The name as an address: names with equal keys are one model, of a given vendor."""
        return "-".join(make_token_key(token) for token in self.tokens)

    @property
    def release_key(self) -> str:
        """The key, with the precision of the release if the name gives one."""
        return "@".join((self.key, *self.precision))

    @property
    def is_bare_family(self) -> bool:
        """Whether it is one word, maybe with a version: "Llama 4"."""
        rest = (self.sizes, self.marks, self.contexts, self.dates, self.stages)
        return len(self.words) == 1 and not any(rest)


def make_token_key(token: str) -> str:
    """Return a token as it stands in an address.

    One with letters beyond a to z gives its code points, so that no two scripts collide.
    """
    flat = unicodedata.normalize("NFKD", token)
    bare = "".join(c for c in flat if not unicodedata.combining(c))
    if set(bare) <= _PLAIN:
        return bare
    return "u" + "-".join(f"{ord(c):x}" for c in token)
