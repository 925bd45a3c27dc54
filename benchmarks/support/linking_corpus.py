"""A corpus of claims with planted duplicates in other words, and near misses; seeded."""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.support.claim_wordings import SLOTS, STATEMENTS, Statement
from kb.domain.drafts import ClaimDraft, Conditions, SightingDraft

_SIGHTING = [SightingDraft(source="corpus")]
_TESTS = ("MMLU", "GSM8K", "HumanEval", "MATH", "ARC", "HellaSwag", "TriviaQA", "BBH")


@dataclass(frozen=True)
class Planted:
    """A claim, the model it is about, and all the wordings that its proposition has here."""

    model: int
    wordings: tuple[str, ...]
    draft: ClaimDraft


@dataclass(frozen=True)
class Drawn:
    """Claims that are one proposition, and all its wordings, those not drawn among them."""

    drafts: list[ClaimDraft]
    wordings: tuple[str, ...] = ()


def make_corpus(
    size: int, statements: Sequence[Statement] = STATEMENTS, share: float = 0.6, seed: int = 7
) -> list[Planted]:
    """Return `size` claims, one model to every 50 of them; `share` of the draws are statements.

    The same arguments give the same corpus.
    """
    rng = random.Random(seed)  # noqa: S311 (a benchmark, no secret)
    planted: list[Planted] = []
    models = max(1, size // 50)
    while len(planted) < size:
        model = rng.randrange(models)
        is_statement = rng.random() < share
        drawn = _make_statements(rng, statements) if is_statement else _make_figures(rng)
        for group in drawn:
            wordings = group.wordings or (group.drafts[0].model_dump_json(),)
            planted += [Planted(model, wordings, draft) for draft in group.drafts]
    return planted[:size]


def _draft(kind: str, claimed: str, **more: object) -> ClaimDraft:
    return ClaimDraft.model_validate(
        {"type": kind, "claimed": claimed, "said_by": "corpus", "sightings": _SIGHTING, **more}
    )


def _make_statements(rng: random.Random, statements: Sequence[Statement]) -> Iterator[Drawn]:
    """Yield one proposition in one to four wordings, and perhaps a near miss."""
    statement = rng.choice(statements)
    values = _fill_slots(rng, statement)
    wordings = tuple(wording.format(**values) for wording in statement.wordings)
    chosen = rng.sample(wordings, min(len(wordings), rng.choice((1, 1, 2, 3, 4))))
    yield Drawn([_draft(statement.type, wording) for wording in chosen], wordings)
    if rng.random() < 0.4:
        near = rng.choice(statement.near_misses).format(**values)
        yield Drawn([_draft(statement.type, near)], (near,))


def _fill_slots(rng: random.Random, statement: Statement) -> dict[str, str]:
    """A value for each slot; `{gpu2}` is another one than `{gpu}`."""
    text = " ".join((*statement.wordings, *statement.near_misses))
    values: dict[str, str] = {}
    for name in sorted(set(re.findall(r"\{(\w+?)2?\}", text))):
        values[name], values[f"{name}2"] = rng.sample(SLOTS[name], 2)
    return values


def _make_figures(rng: random.Random) -> Iterator[Drawn]:
    makers = (_make_context, _make_parameters, _make_tokens, _make_score, _make_score, _make_rate)
    yield from rng.choice(makers)(rng)


def _make_context(rng: random.Random) -> Iterator[Drawn]:
    """128K tokens and 131,072 tokens are one; so is one more token no more."""
    k = rng.choice((4, 8, 16, 32, 64, 128, 200, 256, 512))
    full = f"{k * 1024:,} tokens"
    yield Drawn([_draft("context_length", f"{k}K tokens"), _draft("context_length", full)])
    yield Drawn([_draft("context_length", f"{k * 1024 + rng.randrange(1, 9)} tokens")])


def _make_parameters(rng: random.Random) -> Iterator[Drawn]:
    """1.7 billion, and the same counted in full; a promise of it is another claim."""
    tenths = rng.randrange(11, 990)
    full = tenths * 10**8 + rng.randrange(-4 * 10**7, 4 * 10**7) // 7 * 7 + 1
    rounded = f"{tenths / 10:g} billion parameters"
    yield Drawn([_draft("params_total", rounded), _draft("params_total", f"{full:,} parameters")])
    promised = Conditions(promised=True)
    yield Drawn([_draft("params_total", rounded, conditions=promised)])


def _make_tokens(rng: random.Random) -> Iterator[Drawn]:
    """The same with the data named or not; over and under are two claims."""
    figure = rng.randrange(2, 60)
    rule = Conditions(board="as reported")
    yield Drawn(
        [
            _draft("training_tokens", f"{figure}T tokens"),
            _draft("training_tokens", f"{figure} trillion tokens", conditions=rule),
        ]
    )
    yield Drawn([_draft("training_tokens", f"over {figure} trillion tokens")])


def _make_score(rng: random.Random) -> Iterator[Drawn]:
    """A test's name in several ways; other shots are another claim, and so is another test."""
    test, shots = rng.choice(_TESTS), rng.choice((0, 3, 5, 8, 10))
    score = f"{rng.randrange(200, 990) / 10:g}"
    names = (f"{test} ({shots}-shot)", f"{test}, {shots}-shot", f"{shots}-shot {test} accuracy",
             f"{test.lower()}_{shots}_shot")  # fmt: skip
    chosen = rng.sample(names, rng.choice((1, 2, 3, 4)))
    yield Drawn([_draft("benchmark_score", score, unit="percent", metric=name) for name in chosen])
    other = f"{test} ({shots + 1}-shot)"
    yield Drawn([_draft("benchmark_score", score, unit="percent", metric=other)])
    yield Drawn(
        [_draft("benchmark_score", score, unit="percent", metric=f"{test}-Hard ({shots}-shot)")]
    )


def _make_rate(rng: random.Random) -> Iterator[Drawn]:
    """Under 2% and over 2% are never one; a leaderboard's name may go unsaid."""
    rate = rng.randrange(1, 500) / 10
    board = Conditions(board="an audit")
    yield Drawn(
        [
            _draft("refusal_rate", f"under {rate:g}%"),
            _draft("refusal_rate", f"less than {rate:g} percent", conditions=board),
        ]
    )
    yield Drawn([_draft("refusal_rate", f"over {rate:g}%")])
