"""The non-lexical needle: the text says it one way, the question asks it another."""

from random import Random

from verifiers.tasks.draft import Task, TaskText, draw_depths, spread
from verifiers.tasks.prose import make_sentences

_NAMES = (
    "Ambrose", "Beatrix", "Cormac", "Delphine", "Edmund", "Fenella", "Gideon", "Hermione",
    "Ignatius", "Jocasta", "Kester", "Leocadia", "Mortimer", "Nerissa", "Octavian", "Philippa",
    "Quentin",
    "Rosalind", "Sylvester", "Theodora",
)  # fmt: skip
# What is said of somebody, and the question that it answers. No word of weight stands in both.
PAIRS = (
    ("spends the day pulling teeth", "Which character is a dentist?"),
    ("never touches milk, cheese or butter", "Which character avoids dairy?"),
    ("stamps passports from dusk until dawn", "Which character has a night job at a border?"),
    ("cannot hear a thing", "Which character is deaf?"),
    ("has been to the summit of Everest twice", "Which character climbs mountains?"),
    ("keeps nine hives behind the barn", "Which character has bees?"),
    ("wrote down the last will of half the village", "Which character is a notary?"),
    ("steers a locomotive across the plains", "Which character drives a train?"),
    ("bakes loaves before anyone wakes", "Which character makes bread?"),
    ("has a wedding ring but no living spouse", "Which character is widowed?"),
    ("throws clay on a wheel all winter", "Which character is a potter?"),
    ("put out the blaze in the granary", "Which character fights fires?"),
    ("owes the bank more than the farm is worth", "Which character is in debt?"),
    ("has lungs that whistle when pollen is in the air", "Which character suffers from asthma?"),
    ("counts the coins three times and gives none away", "Which character is a miser?"),
    ("sets broken bones for free", "Which character is a surgeon?"),
)  # fmt: skip
_WORDS_A_SENTENCE = 11


def make_hidden(random: Random, size: int) -> TaskText:
    """One person in prose, found by what a remark means."""
    name = random.choice(_NAMES)
    remark, question = random.choice(PAIRS)
    depths = draw_depths(random, 1)
    prose = make_sentences(random, max(1, size // _WORDS_A_SENTENCE))
    sentences = spread(depths, [f"{name} {remark}."], prose)
    head = "Read the following text; a question about a person in it follows.\n\n"
    body = " ".join(sentences)
    instruction = f"{head}{body}\n\n{question} Give the name."
    return TaskText(instruction, "The name is", (name,), depths[0])


TASKS = (Task("hidden", "no shared words", make_hidden, 16),)
