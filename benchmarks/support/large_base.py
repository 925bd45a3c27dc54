"""A large knowledge base for benchmarks: seeded, shaped like a crawled one, written row by row."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from random import Random

from kb.store.migrating import upgrade

_VENDORS, _MODELS, _SOURCES = 60, 3000, 5000
_TYPES = (
    ("context_length", None, "tokens"), ("params_total", None, "parameters"), ("elo", None, "elo"),
    ("benchmark_score", "mmlu_pro", "%"), ("benchmark_score", "gpqa_diamond", "%"),
    ("license", None, None), ("modality", None, None),
)  # fmt: skip
_OUTCOMES = ("supported", "overstated", "refuted", "inconclusive", "untested", "untested")
_WORDS = (
    "handles", "long", "documents", "code", "images", "reasoning", "agents", "multilingual",
    "support", "released", "weights", "open", "licence", "window", "tokens", "score", "beats",
    "earlier", "models", "on", "the", "hardest", "tasks",
)  # fmt: skip
_DAY = "2026-11-21 12:00:00.000000"


def write_large_base(path: Path, claims: int, measurements: int, seed: int = 7) -> None:
    """Write a SQLite database of that size: two sightings a claim, a verdict for each claim."""
    upgrade(f"sqlite:///{path}")
    random = Random(seed)  # noqa: S311 (no secret)
    connection = sqlite3.connect(path)
    connection.execute("pragma synchronous = off")
    for table, rows in (
        ("source", _make_sources()),
        ("model", _make_models()),
        ("claim", _make_claims(random, claims)),
        ("sighting", _make_sightings(random, claims)),
        ("measurement", _make_measurements(random, measurements)),
        ("verdict", _make_verdicts(random, claims)),
        ("verdict_evidence", _make_evidence(claims, measurements)),
    ):
        _insert(connection, table, rows)
    connection.commit()
    connection.close()


def _insert(connection: sqlite3.Connection, table: str, rows: Iterator[dict[str, object]]) -> None:
    first = next(rows, None)
    if first is None:
        return
    names = ", ".join(first)
    marks = ", ".join(f":{name}" for name in first)
    statement = f"insert into {table} ({names}) values ({marks})"  # noqa: S608 (our own names)
    connection.execute(statement, first)
    connection.executemany(statement, rows)


def _make_sources() -> Iterator[dict[str, object]]:
    for n in range(_SOURCES):
        yield {"id": f"src_{n:016x}", "url": f"https://site{n % 400}.example/{n}",
               "publisher": f"Publisher {n % 400}", "kind": "press"}  # fmt: skip


def _make_models() -> Iterator[dict[str, object]]:
    for n in range(_MODELS):
        vendor = f"Vendor {n % _VENDORS}"
        yield {"id": f"vendor-{n % _VENDORS}/model-{n}", "name": f"Model {n}", "vendor": vendor,
               "availability": "released", "aliases": "[]", "not_the_same_as": "[]"}  # fmt: skip


def _name_model(n: int) -> str:
    return f"vendor-{n % _VENDORS}/model-{n}"


def _make_claims(random: Random, count: int) -> Iterator[dict[str, object]]:
    for n in range(count):
        model = random.randrange(_MODELS)
        kind, metric, unit = _TYPES[n % len(_TYPES)]
        value = float(random.randrange(1000, 1_000_000)) if unit else None
        text = " ".join(random.choices(_WORDS, k=8))
        yield {"id": f"clm_{n:016x}", "model_id": _name_model(model),
               "subject_text": f"Model {model}", "claim_type": kind, "metric": metric,
               "claimed_text": f"{value:,.0f} {unit}: {text}" if value else text,
               "operator": "=" if value else None, "claimed_value": value,
               "claimed_high": value, "unit": unit,
               "conditions": '{"precision": "bf16"}' if n % 3 == 0 else "{}"}  # fmt: skip


def _make_sightings(random: Random, claims: int) -> Iterator[dict[str, object]]:
    for n in range(2 * claims):
        start = random.randrange(50_000)
        yield {"id": f"sgt_{n:016x}", "claim_id": f"clm_{n // 2:016x}",
               "source_id": f"src_{random.randrange(_SOURCES):016x}",
               "quote": " ".join(random.choices(_WORDS, k=6)), "locator": "Specifications",
               "quote_start": start, "quote_end": start + 40, "said_by": "Vendor",
               "said_on": "2026-05-01", "disputes": False, "extractor": "web_page/3"}  # fmt: skip


def _make_measurements(random: Random, count: int) -> Iterator[dict[str, object]]:
    for n in range(count):
        kind, metric, unit = _TYPES[n % 5]
        value = float(random.randrange(1000, 1_000_000))
        yield {"id": f"mea_{n:016x}", "model_id": _name_model(random.randrange(_MODELS)),
               "source_id": f"src_{n % _SOURCES:016x}", "basis": "reported_by_others",
               "metric": metric or kind, "value": value, "low": value * 0.9, "high": value * 1.1,
               "unit": unit, "n": 100, "n_unit": "questions", "reported_by": "A. Tester",
               "conditions": '{"board": "LMArena"}' if kind == "elo" else "{}",
               "as_of": f"2026-{n % 9 + 1:02}-01"}  # fmt: skip


def _make_verdicts(random: Random, claims: int) -> Iterator[dict[str, object]]:
    for n in range(claims):
        outcome = random.choice(_OUTCOMES)
        tested = outcome != "untested"
        yield {"id": f"ver_{n:016x}", "claim_id": f"clm_{n:016x}", "outcome": outcome,
               "basis": "reported_by_others" if tested else "none", "rule": "score/1",
               "explanation": f"Said one thing, found {outcome}.", "numbers": "{}",
               "judged_at": _DAY}  # fmt: skip


def _make_evidence(claims: int, measurements: int) -> Iterator[dict[str, object]]:
    for n in range(min(claims, measurements)):
        yield {"verdict_id": f"ver_{n:016x}", "measurement_id": f"mea_{n:016x}", "position": 0}
