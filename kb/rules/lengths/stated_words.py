"""Sentences about limits that somebody states, in the words of a statement."""

from collections.abc import Iterator, Sequence

from kb.rules.case import Evidence
from kb.rules.lengths.length_evidence import ACCEPTED, PAST, SERVED, TRAINED
from kb.rules.wording import write_day, write_number


def say_stated(stated: Sequence[Evidence]) -> Iterator[str]:
    """Yield one sentence for limits stated without a run, one for what it was trained with."""
    engines = [_say_engine(limit) for limit in stated if limit.metric == ACCEPTED]
    served = [limit for limit in stated if limit.metric in (SERVED, PAST)]
    listed = [_say_served(limit, is_past=limit is not served[0]) for limit in served]
    if limits := [*engines, *listed]:
        yield f"Limits that are stated, without a run: {'; '.join(limits)}."
    for limit in stated:
        if limit.metric == TRAINED:
            yield limit.conditions.note or _say_trained(limit)


def _say_trained(limit: Evidence) -> str:
    tokens = write_number(limit.value)
    return f"{_name_speaker(limit)} says it was trained with up to {tokens} tokens."


def _say_engine(limit: Evidence) -> str:
    told = limit.conditions
    machine = f" on {told.hardware}" if told.hardware else ""
    engine = f", {told.engine}" if told.engine else ""
    tokens = write_number(limit.value)
    return f"{_name_speaker(limit)} says up to {tokens} tokens{machine}{engine}{_say_day(limit)}"


def _say_served(limit: Evidence, *, is_past: bool) -> str:
    """The one who lists it is told: a provider's own page may say otherwise."""
    provider = limit.conditions.provider or "a provider"
    then = "formerly " if is_past else ""
    tokens = f"{then}{write_number(limit.value)} tokens at {provider}"
    return f"{tokens} by the list of {limit.reported_by}{_say_day(limit)}"


def _say_day(limit: Evidence) -> str:
    return f", {write_day(limit.as_of)}" if limit.as_of else ""


def _name_speaker(limit: Evidence) -> str:
    if limit.is_vendors_word:
        return limit.model.vendor
    return limit.reported_by or "somebody"
