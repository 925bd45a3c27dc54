"""The documents behind a verdict: which of them a bundle carries, and why not the others."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from kb.bundles.judging_again import pick
from kb.domain.errors import UserError
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
    sources = map_sources(rows)
    found = []
    for source_id, behind in sorted(_find_behind(rows).items()):
        source = sources[source_id]
        copies = [row for row in pick(rows, Snapshot) if is_copy(row, source)]
        here = [row for row in copies if row.archive_name in carried]
        found.append(
            {
                "source": source_id,
                "url": source.url,
                "behind": sorted(behind),
                "archived": sorted(row.archive_name for row in here),
                "is_as_read": _is_as_read(here, source),
                "why_not": None if here else _tell_why(copies, left_out),
            }
        )
    return found


def _is_as_read(here: Sequence[Snapshot], source: Source) -> bool | None:
    """Whether a copy has the digest of what a person read; None if there is no such digest."""
    if not here or source.text_sha256 is None:
        return None
    return any(row.sha256 == source.text_sha256 for row in here)


def map_sources(rows: Sequence[Table]) -> dict[str, Source]:
    """Return the sources by id; raise UserError where a sighting or a result lacks its own."""
    sources = {source.id: source for source in pick(rows, Source)}
    named = {sighting.source_id for sighting in pick(rows, Sighting)}
    named |= {result.source_id for result in list_told(rows) if result.source_id is not None}
    if missing := sorted(named - set(sources)):
        raise UserError(f"{missing[0]}: no such source among the rows; the bundle is not whole")
    return sources


def is_copy(row: Snapshot, source: Source) -> bool:
    """Whether these are bytes of the document: fetched from its address, or those that were read.

    A record may cite a page about a file, while a crawl fetches the file itself.
    """
    return row.source_id == source.id or row.sha256 == source.text_sha256


def _tell_why(copies: Sequence[Snapshot], left_out: Mapping[str, str]) -> str:
    names = (row.archive_name for row in copies)
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
