"""A verdict and all it rests on, from database and archive → a bundle that judges the same."""

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from platform import python_version
from typing import Any

from sqlmodel import Session, col, select

from kb.bundles.accounts import list_accounts
from kb.bundles.bundle import Bundle
from kb.bundles.judging_again import judge_again, pick
from kb.bundles.rows import make_plain_rows, read_verdict_rows
from kb.domain.errors import UserError
from kb.records.run_files import SUFFIX, write_run
from kb.store.archive.warc_files import unpack_snapshot
from kb.store.run_rows import read_run
from kb.tables import (
    Claim,
    Environment,
    Measurement,
    Plan,
    Release,
    Sighting,
    Snapshot,
    Source,
    Trial,
    Verdict,
    VerdictEvidence,
)
from kb.tables.base import Table

MAX_SNAPSHOT_BYTES = 8 << 20  # packed, one
MAX_SNAPSHOTS_BYTES = 48 << 20  # packed, all
MAX_BODY_BYTES = 64 << 20  # unpacked, one
# What scoring and judging stand on.
_PACKAGES = ("as-claimed", "numpy", "pydantic", "sqlalchemy", "sqlmodel", "warcio")


def make_bundle(session: Session, archive: Path, verdict: Verdict) -> Bundle:
    """Return the bundle of a verdict; what is too large is named in its `left_out`.

    Raises UserError when the rules say something else today by the evidence on record, or when
    archived bytes are damaged.
    """
    rows, evidence = _read_rows(session, verdict)
    told = {link.measurement_id for link in pick(rows, VerdictEvidence)}
    results = [result for result in pick(rows, Measurement) if result.id in told]
    runs = _read_runs(session, rows, {result.plan_id for result in results})
    snapshots, left_out = _read_snapshots(archive, _order_snapshots(rows))
    why = {left["name"]: left["why"] for left in left_out}
    claim = session.get_one(Claim, verdict.claim_id)
    about = {
        "verdict": verdict.model_dump(mode="json"),
        "claim": claim.model_dump(mode="json"),
        "evidence": evidence,
        "weights": _list_weights(rows, results),
        "packages": _list_packages(),
        "left_out": left_out,
        "sources": list_accounts(rows, snapshots, why),
    }
    return Bundle(make_plain_rows(rows), runs, snapshots, about)


def _read_rows(session: Session, verdict: Verdict) -> tuple[list[Table], str]:
    """The rows from which the verdict follows: with all the evidence on record, or its own.

    A verdict that was superseded was given before some of the evidence came in.
    """
    differences: list[str] = []
    for evidence in ("all on record", "what the verdict names"):
        rows = read_verdict_rows(session, verdict, own_only=evidence != "all on record")
        differences = judge_again(rows)
        if not differences:
            return rows, evidence
    raise UserError(
        f"{verdict.id} does not follow from what is on record now ({differences[0]}); run "
        "`kb judge`, and bundle the verdict that it gives"
    )


def _read_runs(session: Session, rows: list[Table], plan_ids: set[str | None]) -> dict[str, bytes]:
    """Plans that the verdict rests on, with every raw answer, as run files."""
    found = {}
    for plan in pick(rows, Plan):
        asked = select(Trial.id).where(col(Trial.plan_id) == plan.id).limit(1)
        if plan.id in plan_ids and session.exec(asked).first() is not None:
            found[f"{plan.id}{SUFFIX}"] = write_run(read_run(session, plan)).encode()
    return found


def _order_snapshots(rows: list[Table]) -> list[Snapshot]:
    """Which bytes matter most: those that quotes stand in, those that were read, newer ones."""
    quoted = {sighting.snapshot_id for sighting in pick(rows, Sighting)}
    read = {source.text_sha256 for source in pick(rows, Source)}
    by_age = sorted(pick(rows, Snapshot), key=lambda row: (row.fetched_at, row.id), reverse=True)
    return sorted(by_age, key=lambda row: (row.id not in quoted, row.sha256 not in read))


def _read_snapshots(
    archive: Path, snapshots: list[Snapshot]
) -> tuple[dict[str, bytes], list[dict[str, Any]]]:
    """The WARC records of snapshots, as far as they fit, and those that were left out."""
    found: dict[str, bytes] = {}
    left_out: list[dict[str, Any]] = []
    for row in snapshots:
        packed, why = _read_snapshot(archive / row.archive_name, row)
        if why is None and sum(map(len, found.values())) + len(packed) > MAX_SNAPSHOTS_BYTES:
            why = f"the snapshots have more than {MAX_SNAPSHOTS_BYTES:,} bytes together"
        if why is None:
            found[row.archive_name] = packed
        else:
            left_out.append({"name": row.archive_name, "sha256": row.sha256, "why": why})
    return found, left_out


def _read_snapshot(path: Path, row: Snapshot) -> tuple[bytes, str | None]:
    """The packed bytes, or why they are left out; raises UserError when they are damaged."""
    if not path.is_file():
        return b"", "the archive does not hold it"
    if path.stat().st_size > MAX_SNAPSHOT_BYTES or row.size_bytes > MAX_BODY_BYTES:
        return b"", f"more than {MAX_SNAPSHOT_BYTES:,} bytes, or {MAX_BODY_BYTES:,} unpacked"
    packed = path.read_bytes()
    try:
        body = unpack_snapshot(packed, row.archive_name, MAX_BODY_BYTES)
    except ValueError as error:
        raise UserError(f"{path}: {error}; restore it from a copy") from None
    if body.sha256 != row.sha256:
        raise UserError(f"{path}: not the bytes of {row.id}; restore it from a copy")
    return packed, None


def _list_weights(rows: list[Table], results: list[Measurement]) -> list[dict[str, Any]]:
    """The weights that results come from: where they are published, and their digests."""
    releases = {release.id: release for release in pick(rows, Release)}
    environments = {machine.id: machine for machine in pick(rows, Environment)}
    pairs = sorted({(result.release_id or "", result.environment_id or "") for result in results})
    return [
        {
            "repository": releases[release].repository,
            "revision": releases[release].revision,
            "format": releases[release].format,
            "precision": releases[release].precision,
            "manifest_sha256": releases[release].manifest_sha256,
            "weights_sha256": environments[environment].weights_sha256 if environment else None,
            "environment": environments[environment].model_dump() if environment else None,
        }
        for release, environment in pairs
        if release
    ]


def _list_packages() -> dict[str, str]:
    found = {"python": python_version()}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
