"""The table of probes in the published file: what each tests, and how, in words for readers."""

from collections.abc import Sequence

import pyarrow as pa

from kb.domain.described_probes import DescribedProbe

NAME = "probe"
COMMENT = (
    "The probes: what each tests and how, in plain words, as they were when this was published."
)
COLUMNS = {
    "name": "Name of the probe, as in plans.",
    "version": "Its version at that time.",
    "place": "Its place in the order in which probes test a claim, from 1.",
    "label": "What it tests, in a few words.",
    "about": "How it tests that; an empty line stands between paragraphs.",
    "claim_types": "Types of claims that it can test, separated by commas.",
}
_KINDS = {"version": pa.int64(), "place": pa.int64()}
_SCHEMA = pa.schema([(name, _KINDS.get(name, pa.string())) for name in COLUMNS])


def make_probes(probes: Sequence[DescribedProbe]) -> pa.Table:
    """Return one row for each probe."""
    rows = [
        {
            "name": probe.name,
            "version": probe.version,
            "place": place,
            "label": probe.label,
            "about": probe.about,
            "claim_types": ", ".join(probe.claim_types),
        }
        for place, probe in enumerate(probes, start=1)
    ]
    return pa.Table.from_pylist(rows, schema=_SCHEMA)
