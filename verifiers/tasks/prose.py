"""Plain prose of our own to hide facts in: seeded, of any length, no sentence twice."""

from random import Random

_WHO = (
    "The gardener", "A tall sailor", "My neighbour", "The old librarian", "A quiet painter",
    "The night guard", "An engineer", "The baker", "Her cousin", "A young teacher", "The postman",
    "A retired judge", "The pilot", "A shepherd", "The chemist", "His aunt",
)  # fmt: skip
_DID = (
    "carried", "repaired", "sold", "described", "painted", "measured", "borrowed", "found",
    "washed", "counted", "forgot", "photographed", "hid", "polished", "wrapped", "traded",
)  # fmt: skip
_WHAT = (
    "a wooden ladder", "some green bottles", "the broken clock", "a stack of letters",
    "an iron gate", "the blue curtains", "a basket of pears", "a pair of silver spoons",
    "the garden bench", "a worn map", "the copper kettle", "a box of nails", "a woollen coat",
    "the church bell", "a jar of honey", "an empty birdcage",
)  # fmt: skip
_WHERE = (
    "before the rain came", "near the harbour", "on a Tuesday morning", "behind the town hall",
    "after a long walk", "in the cold kitchen", "beside the railway", "under the chestnut tree",
    "while the others slept", "at the edge of the field", "during the fair", "on the stairs",
)  # fmt: skip
_AFTER = (
    "Nobody asked why.", "It took most of an hour.", "The dog watched.",
    "Later it was put away.", "The wind was mild.", "This happened every year.",
    "A window stood open.", "The radio played softly.",
)  # fmt: skip


def make_sentences(random: Random, count: int) -> list[str]:
    """Return `count` sentences without any number in them."""
    return [_make_sentence(random) for _ in range(count)]


def _make_sentence(random: Random) -> str:
    sentence = f"{random.choice(_WHO)} {random.choice(_DID)} {random.choice(_WHAT)}"
    sentence += f" {random.choice(_WHERE)}."
    return f"{sentence} {random.choice(_AFTER)}" if random.random() < 0.3 else sentence
