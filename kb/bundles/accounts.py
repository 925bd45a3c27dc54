"""The documents behind a verdict: which of them a bundle carries, and why not the others."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from kb.bundles.judging_again import pick
from kb.tables import Measurement, Sighting, Snapshot, Source, Verdict, VerdictEvidence
from kb.tables.base import Table

_NO_COPY = "no copy of it is archived"
CLAIM, EVIDENCE = "claim", "evidence"


def list_accounts(
    rows: Sequence[Table], carried: Collection[str], left_out: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Return for each document behind the verdict what of it can be checked from bytes.

    `carried` are the names of archived records that the bundle holds; `left_out` gives the
    reasons for those it does not. `why_not` is None where at least one copy is there.
    """
    urls = {source.id: source.url for source in pick(rows, Source)}
    found = []
    for source_id, behind in sorted(_find_behind(rows).items()):
        copies = (row for row in pick(rows, Snapshot) if row.source_id == source_id)
        names = sorted(row.archive_name for row in copies)
        here = [name for name in names if name in carried]
        found.append(
            {
                "source": source_id,
                "url": urls.get(source_id),
                "behind": sorted(behind),
                "archived": here,
                "why_not": None if here else _tell_why(names, left_out),
            }
        )
    return found


def _tell_why(names: Sequence[str], left_out: Mapping[str, str]) -> str:
    reasons = sorted({left_out[name] for name in names if name in left_out})
    return f"left out: {'; '.join(reasons)}" if reasons else _NO_COPY


def _find_behind(rows: Sequence[Table]) -> dict[str, set[str]]:
    """Which documents the claim was seen in, and which the evidence was read in."""
    (verdict,) = pick(rows, Verdict)
    found: dict[str, set[str]] = {}
    for sighting in pick(rows, Sighting):
        if sighting.claim_id == verdict.claim_id:
            found.setdefault(sighting.source_id, set()).add(CLAIM)
    for result in list_told(rows):
        if result.source_id is not None:
            found.setdefault(result.source_id, set()).add(EVIDENCE)
    return found


def list_told(rows: Sequence[Table]) -> list[Measurement]:
    """Return the results that the verdict names as its evidence, in the order of ids."""
    told = {link.measurement_id for link in pick(rows, VerdictEvidence)}
    return sorted(
        (row for row in pick(rows, Measurement) if row.id in told), key=lambda row: row.id
    )
