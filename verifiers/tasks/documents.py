"""Questions over distractors: documents on invented people, of which one or two hold the answer."""

from random import Random

from verifiers.tasks.draft import Task, TaskText
from verifiers.tasks.words import draw_invented

_TRADES = (
    "watchmaker", "botanist", "violinist", "cartographer", "glassblower", "beekeeper", "diver",
    "typesetter", "falconer", "surveyor", "weaver", "blacksmith", "astronomer", "translator",
)  # fmt: skip
_PRIZES = ("bronze medal", "travelling scholarship", "honorary chair", "silver cup", "free house")
_WORDS_A_DOCUMENT = 46


def _draw_people(random: Random, count: int) -> list[tuple[str, str, str]]:
    """Names, home towns and employers, all different."""
    names, towns, firms = (
        [word.title().replace(" ", "") for word in draw_invented(random, count)] for _ in range(3)
    )
    return list(zip(names, towns, firms, strict=True))


def _write(number: int, person: tuple[str, str, str], seed: str) -> str:
    name, town, firm = person
    random = Random(f"{seed} {number}")  # noqa: S311 (no secret)
    year = random.randrange(1820, 1990)
    return (
        f"Document {number}. {name} was born in the town of {town} in {year} and became a "
        f"{random.choice(_TRADES)}. From {year + random.randrange(19, 30)} on, {name} worked for "
        f"the house of {firm}, and later received a {random.choice(_PRIZES)}. Little else is "
        f"known of {name}, except for some letters."
    )


def _lay_out(random: Random, size: int) -> tuple[list[tuple[str, str, str]], str, int]:
    count = max(3, size // _WORDS_A_DOCUMENT)
    seed = str(random.random())
    people = _draw_people(Random(f"people {seed}"), count)  # noqa: S311 (no secret)
    wanted = int(random.random() * count)
    text = "\n\n".join(_write(number, person, seed) for number, person in enumerate(people, 1))
    return people, text, wanted


_HEAD = "Answer the question from the documents below; give the answer only.\n\n"


def make_one_step(random: Random, size: int) -> TaskText:
    """Where somebody was born."""
    people, text, wanted = _lay_out(random, size)
    name, town, _ = people[wanted]
    question = f"\n\nQuestion: in which town was {name} born?"
    return TaskText(_HEAD + text + question, "Answer:", (town,), wanted / len(people))


def make_two_steps(random: Random, size: int) -> TaskText:
    """Where the one was born who worked for a certain employer."""
    people, text, wanted = _lay_out(random, size)
    _, town, firm = people[wanted]
    question = (
        f"\n\nQuestion: in which town was the person born who worked for the house of {firm}?"
    )
    return TaskText(_HEAD + text + question, "Answer:", (town,), wanted / len(people))


TASKS = (
    Task("one_step", "question answering", make_one_step, 24),
    Task("two_steps", "question answering", make_two_steps, 24),
)
