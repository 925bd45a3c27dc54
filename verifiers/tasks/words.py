"""Words, numbers and codes to make tasks from; none comes twice in a question."""

from collections.abc import Callable
from random import Random

_ADJECTIVES = (
    "amber", "brisk", "calm", "dusty", "eager", "faint", "gentle", "hollow", "icy", "jagged",
    "keen", "lunar", "mellow", "narrow", "olive", "pale", "quiet", "rustic", "silver", "tidy",
    "umber", "vivid", "wooden", "young", "zesty", "bitter", "crimson", "distant", "empty", "frozen",
)  # fmt: skip
_NOUNS = (
    "anchor", "basin", "candle", "dagger", "easel", "falcon", "goblet", "harbor", "island",
    "jacket", "kettle", "lantern", "marble", "needle", "orchard", "pillow", "quarry", "ribbon",
    "saddle", "tunnel", "urchin", "valley", "walnut", "yogurt", "zipper", "beacon", "cabin",
    "donkey", "engine", "fountain", "glacier", "hammer", "insect", "jungle", "kitten", "ladder",
    "meadow", "nutmeg", "oyster", "pebble", "quiver", "rocket", "spoon", "thunder", "umbrella",
    "violin", "window", "barrel", "cactus", "dragon",
)  # fmt: skip
_SYLLABLES = (
    "ba", "ce", "di", "fo", "gu", "ha", "ke", "li", "mo", "nu", "pa", "re", "si", "to", "vu", "wa",
    "xe", "yi", "zo", "lan", "mer", "nid", "pol", "rud", "sam", "tek", "vin",
)  # fmt: skip


def draw_keys(random: Random, count: int) -> list[str]:
    """Return distinct keys, like "amber anchor 37"."""
    return _distinct(random, count, lambda: f"{random.choice(_ADJECTIVES)} {random.choice(_NOUNS)}")


def draw_numbers(random: Random, count: int) -> list[str]:
    """Return distinct numbers of seven digits."""
    return _distinct(random, count, lambda: str(random.randrange(1_000_000, 10_000_000)))


def draw_codes(random: Random, count: int) -> list[str]:
    """Return distinct codes of 16 hexadecimal digits, in fours."""

    def code() -> str:
        return "-".join(f"{random.randrange(1 << 16):04x}" for _ in range(4))

    return _distinct(random, count, code)


def draw_invented(random: Random, count: int) -> list[str]:
    """Return distinct words that are in no dictionary."""
    return _distinct(random, count, lambda: "".join(random.choice(_SYLLABLES) for _ in range(3)))


def draw_nouns(random: Random, count: int) -> list[str]:
    """Return distinct plain nouns, with a number added once they are used up."""
    plain = random.sample(_NOUNS, min(count, len(_NOUNS)))
    return plain + [
        f"{random.choice(_NOUNS)}{number}" for number in range(2, count - len(plain) + 2)
    ]


def _distinct(random: Random, count: int, draw: Callable[[], str]) -> list[str]:
    """Draw until there are enough; a number added tells repeated ones apart."""
    found: dict[str, None] = {}
    while len(found) < count:
        word = draw()
        if word in found:
            word = f"{word} {random.randrange(2, 1_000_000)}"
        found[word] = None
    return list(found)
