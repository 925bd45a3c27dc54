"""The table of descriptions in the published file: how each plan tested its claim, in words."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa

from kb.domain.described_probes import DescribedProbe

NAME = "plan_description"
COMMENT = "How each plan tested its claim, in plain words supplied by its probe."
COLUMNS = {
    "plan_id": "The plan.",
    "questions": "How many questions were asked.",
    "description": "What was done; empty for a probe, or a version of one, that is not known here.",
}
_SCHEMA = pa.schema(
    [("plan_id", pa.string()), ("questions", pa.int64()), ("description", pa.string())]
)
# A run file may come from anybody, and its parameters may be anything.
_MISFITS = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError)


def make_plan_descriptions(
    plans: Sequence[Any], plan_ids_of_trials: Iterable[str], probes: Sequence[DescribedProbe]
) -> pa.Table:
    """Return one row for each plan."""
    asked = Counter(plan_ids_of_trials)
    known = {(probe.name, probe.version): probe for probe in probes}
    rows = [
        {
            "plan_id": plan.id,
            "questions": asked[plan.id],
            "description": _describe(known.get((plan.probe, plan.probe_version)), plan, asked),
        }
        for plan in plans
    ]
    return pa.Table.from_pylist(rows, schema=_SCHEMA)


def _describe(probe: DescribedProbe | None, plan: Any, asked: Counter[str]) -> str | None:
    if probe is None:
        return None
    try:
        return probe.describe_plan(plan.parameters, asked[plan.id])
    except _MISFITS:
        return None
