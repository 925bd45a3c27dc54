"""Results of several models on one test, as a reader would be told of them."""

from collections.abc import Iterable, Sequence

from kb.rules.case import Evidence
from kb.rules.evidence_words import write_by, write_figure
from kb.rules.ratings.boards import METRIC as RATING
from kb.rules.ratings.pairs import find_ends
from kb.rules.rule import VerdictFact
from kb.rules.wording import join_names, write_day, write_interval, write_number

_MEASURES = {"LMArena": "LMArena, which counts whose answers people prefer,"}


def say_pairs(verdict: VerdictFact, results: Sequence[Evidence]) -> str:
    """Return a sentence for each test, and one for the rivals of which nothing is on record."""
    tests: dict[tuple[str, str], list[Evidence]] = {}
    for result in results:
        tests.setdefault(_name_test(result), []).append(result)
    sentences = [
        f"{_say_test(*test)}: {_list(found)}.{_say_terms(verdict, found)}"
        for test, found in tests.items()
    ]
    if missing := verdict.facts.get("missing"):
        sentences.append(
            f"On record here is no figure of the same test and day for {join_names(missing, 'or')}."
        )
    return " ".join(sentences)


def _say_terms(verdict: VerdictFact, results: Sequence[Evidence]) -> str:
    """On which terms the model was tested; of ratings the interval says what matters."""
    own = [one for one in results if one.model.name == verdict.model and one.metric != RATING]
    notes = dict.fromkeys(one.conditions.note for one in own if one.conditions.note)
    return "".join(f" {note.rstrip('.')}." for note in notes)


def _name_test(result: Evidence) -> tuple[str, str]:
    told = result.conditions
    name = told.board or told.benchmark or result.metric.replace("_", " ")
    return name, (result.as_of or "") if result.metric == RATING else ""


def _say_test(name: str, day: str) -> str:
    on = f" on {write_day(day)}" if day else ""
    return f"On {_MEASURES.get(name, name)}{on}"


def _list(results: Iterable[Evidence]) -> str:
    return "; ".join(f"{result.model.name} {_write(result)}" for result in results)


def _write(result: Evidence) -> str:
    ends = find_ends(result)
    within = write_interval(round(ends[0], 1), round(ends[1], 1)) if ends else ""
    of = f" of {write_number(result.n)} {result.n_unit}" if _is_share(result) else ""
    by = result.by if result.metric == RATING else write_by(result)
    told = "; ".join(filter(None, (within, by)))
    return f"{write_figure(result)}{of} ({told})"


def _is_share(result: Evidence) -> bool:
    return result.unit == "percent" and bool(result.n)
