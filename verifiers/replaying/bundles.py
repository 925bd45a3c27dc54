"""Judge a bundle again: check digests, score answers, make results, apply the rule."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kb.bundles.bundle import Bundle, parse_bundle
from kb.bundles.judging_again import find_verdict, judge_again, pick, say_verdict
from kb.bundles.making import MAX_BODY_BYTES
from kb.bundles.rows import CONTEST
from kb.bundles.tar_files import MAX_PACKED_BYTES, ArchiveError, read_files
from kb.domain.outcomes import Basis
from kb.records.run_files import RunFile
from kb.store.archive.snapshots import make_snapshot_id
from kb.store.archive.warc_files import unpack_snapshot
from kb.store.run_rows import make_named_row, make_run_rows
from kb.tables import Battle, Contest, Measurement, Plan, Reply, Snapshot, VerdictEvidence
from kb.tables.base import Table
from verifiers.battles.rescoring import rescore
from verifiers.probing.registry import is_scored
from verifiers.replaying.runs import replay_run


@dataclass(frozen=True)
class BundleReplay:
    """What was checked and made again, what cannot be, and what differs.

    `sentence` is the verdict in today's words; None where it does not follow from the rows.
    """

    verdict: str
    outcome: str
    sentence: str | None
    manifest_sha256: str
    files: int
    snapshots: int
    answers: int
    results: int
    battles: int
    not_scored: tuple[str, ...]
    differences: tuple[str, ...]


def read_bundle(path: Path) -> Bundle:
    """Return the bundle in a file; raise ArchiveError for what is none."""
    if not path.is_file() or (size := path.stat().st_size) > MAX_PACKED_BYTES:
        raise ArchiveError(
            f"{path}: a bundle is a plain file of at most {MAX_PACKED_BYTES:,} bytes"
        )
    if size == 0:
        raise ArchiveError(f"{path}: the file is empty")
    with path.open("rb") as file:
        _, files = read_files(file, str(path))
    return parse_bundle(files, str(path))


def replay_bundle(bundle: Bundle, name: str) -> BundleReplay:
    """Return the replay of a bundle; raise UserError for one that does not hold together."""
    rows = [
        make_named_row(name, table, number, row)
        for table, found in bundle.rows.items()
        for number, row in enumerate(found)
    ]
    verdict = find_verdict(rows)
    runs = bundle.parse_runs()
    for run in runs:
        make_run_rows(run)  # columns and types
    replays = [replay_run(run) for run in runs]
    battles = rescore(_list_battles(rows))
    differences = [
        *_compare_about(bundle),
        *_check_snapshots(bundle, pick(rows, Snapshot)),
        *(f"{run.name}: {words}" for run, found in zip(runs, replays, strict=True)
          for words in found.differences),
        *battles.differences,
        *_compare_runs(bundle, runs),
        *_find_missing_answers(rows, runs),
        *judge_again(rows),
    ]  # fmt: skip
    return BundleReplay(
        verdict.id,
        verdict.outcome,
        None if differences else say_verdict(rows),
        bundle.digest,
        len(bundle.rows) + len(bundle.runs) + len(bundle.snapshots) + 2,
        len(bundle.snapshots),
        sum(replay.answers for replay in replays),
        sum(replay.results for replay in replays),
        battles.battles,
        tuple(_list_not_scored(rows)),
        tuple(differences),
    )


def _compare_about(bundle: Bundle) -> list[str]:
    """Whether the manifest describes the verdict and claim that the rows hold."""
    verdict = bundle.about["verdict"]
    claims = [row for row in bundle.rows.get("claim", []) if row == bundle.about["claim"]]
    is_same = bundle.rows.get("verdict") == [verdict] and len(claims) == 1
    return [] if is_same else ["the manifest describes another verdict or claim than the rows"]


def _check_snapshots(bundle: Bundle, rows: Sequence[Snapshot]) -> list[str]:
    differences = []
    left_out = {str(left.get("name")) for left in bundle.about["left_out"]}
    missing = {row.archive_name for row in rows} - set(bundle.snapshots) - left_out
    differences += [f"{name}: is neither here nor named as left out" for name in sorted(missing)]
    by_name = {row.archive_name: row for row in rows}
    for name, packed in bundle.snapshots.items():
        if name not in by_name:
            differences.append(f"{name}: no snapshot of that name among the rows")
        else:
            differences += _check_snapshot(by_name[name], packed)
    return differences


def _check_snapshot(row: Snapshot, packed: bytes) -> list[str]:
    try:
        fetched = unpack_snapshot(packed, row.archive_name, min(MAX_BODY_BYTES, row.size_bytes))
    except ValueError as error:
        return [str(error)]
    if fetched.sha256 != row.sha256:
        return [f"{row.archive_name}: SHA-256 {fetched.sha256}, recorded {row.sha256}"]
    if make_snapshot_id(row.source_id, row.sha256, row.previous_id) != row.id:
        return [f"{row.id}: the id does not fit what the row says"]
    return []


def _compare_runs(bundle: Bundle, runs: Sequence[RunFile]) -> list[str]:
    """Plans, machines and results of runs must be those that the verdict was judged by."""
    differences = []
    for table in ("plan", "environment", "measurement"):
        judged = {row.get("id"): _as_text(row) for row in bundle.rows.get(table, [])}
        for run in runs:
            differences += [
                f"{run.name}: {table} {row.get('id')} is not the one that was judged by"
                for row in run.rows[table]
                if judged.get(row.get("id"), _as_text(row)) != _as_text(row)
            ]
    return differences


def _as_text(row: dict[str, Any]) -> str:
    return json.dumps(row, sort_keys=True)


def _find_missing_answers(rows: Sequence[Table], runs: Sequence[RunFile]) -> list[str]:
    """Results of ours that could be made again, and whose answers are not here."""
    known = {row["id"] for run in runs for row in run.rows["measurement"]}
    contests = {f"{CONTEST}{contest.id}" for contest in pick(rows, Contest)}
    return [
        f"{result.id} ({result.metric}): the answers that it comes from are missing"
        for result in _list_own(rows)
        if result.id not in known and _can_score(result, rows) and result.locator not in contests
    ]


def _list_not_scored(rows: Sequence[Table]) -> list[str]:
    """Results of ours that no stored answer leads to, like memory: they must be measured again."""
    return [
        f"{result.metric} ({result.id})"
        for result in _list_own(rows)
        if not _can_score(result, rows)
    ]


def _list_own(rows: Sequence[Table]) -> list[Measurement]:
    told = {evidence.measurement_id for evidence in pick(rows, VerdictEvidence)}
    return [
        result
        for result in pick(rows, Measurement)
        if result.id in told and result.basis == Basis.MEASURED_HERE
    ]


def _can_score(result: Measurement, rows: Sequence[Table]) -> bool:
    probes = {plan.id: plan.probe for plan in pick(rows, Plan)}
    return is_scored(probes.get(result.plan_id or "")) or bool(
        result.locator and result.locator.startswith(CONTEST)
    )


def _list_battles(rows: Sequence[Table]) -> list[dict[str, Any]]:
    contests = {contest.id: contest for contest in pick(rows, Contest)}
    replies = {reply.id: reply for reply in pick(rows, Reply)}
    return [
        {
            "contest": battle.contest_id, "judge": contests[battle.contest_id].judge,
            "item": replies[battle.reply_id].item, "prompt": replies[battle.reply_id].prompt,
            "checks": replies[battle.reply_id].checks, "answer": replies[battle.reply_id].answer,
            "opponent_answer": replies[battle.opponent_reply_id].answer,
            "score": battle.score, "verdicts": battle.verdicts,
        }
        for battle in pick(rows, Battle)
    ]  # fmt: skip
