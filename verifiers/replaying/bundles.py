"""Judge a bundle again: check digests, score answers, make results, apply the rule."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kb.bundles.bundle import Bundle, parse_bundle
from kb.bundles.judging_again import (
    check_stored_id,
    find_verdict,
    has_rule,
    judge_again,
    pick,
    say_verdict,
)
from kb.bundles.rows import CONTEST
from kb.bundles.tar_files import MAX_PACKED_BYTES, ArchiveError, read_files
from kb.domain.outcomes import Basis
from kb.records.run_files import RunFile
from kb.store.run_rows import make_named_row, make_run_rows
from kb.tables import Battle, Contest, Measurement, Plan, Reply, Verdict, VerdictEvidence
from kb.tables.base import Table
from kb.text.counting import count_things
from verifiers.battles.rescoring import rescore
from verifiers.probing.registry import is_scored
from verifiers.replaying.documents import check_documents
from verifiers.replaying.runs import replay_run


@dataclass(frozen=True)
class BundleReplay:
    """What was checked and made again, what was not, and what differs.

    `checked` and `not_checked` tell it in words, each with what it is about; `is_judged_again` says
    whether the rule was applied again. `sentence` is the verdict in today's words; None where it
    does not follow from the rows.
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
    is_judged_again: bool
    checked: tuple[str, ...]
    not_checked: tuple[str, ...]
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
    documents = check_documents(bundle, rows)
    is_judged_again = has_rule(verdict)
    judged = judge_again(rows) if is_judged_again else check_stored_id(rows)
    differences = [
        *_compare_about(bundle),
        *documents.differences,
        *(f"{run.name}: {words}" for run, found in zip(runs, replays, strict=True)
          for words in found.differences),
        *battles.differences,
        *_compare_runs(bundle, runs),
        *_find_missing_answers(rows, runs),
        *judged,
    ]  # fmt: skip
    files = len(bundle.rows) + len(bundle.runs) + len(bundle.snapshots) + 2
    answers = sum(replay.answers for replay in replays)
    results = sum(replay.results for replay in replays)
    checked = [
        f"{count_things(files, 'file')} against the digests in the manifest",
        *_tell_scored(answers, results, battles.battles),
        *documents.checked,
        *([_tell_judged(verdict, rows)] if is_judged_again and not judged else []),
    ]
    not_checked = [
        *([] if is_judged_again else [_tell_not_judged(verdict)]),
        *documents.not_checked,
        *_list_not_scored(rows),
    ]
    return BundleReplay(
        verdict=verdict.id,
        outcome=verdict.outcome,
        sentence=say_verdict(rows) if is_judged_again and not differences else None,
        manifest_sha256=bundle.digest,
        files=files,
        snapshots=len(bundle.snapshots),
        answers=answers,
        results=results,
        battles=battles.battles,
        is_judged_again=is_judged_again,
        checked=tuple(checked),
        not_checked=tuple(not_checked),
        differences=tuple(differences),
    )


def _tell_scored(answers: int, results: int, battles: int) -> list[str]:
    """What was scored again, as far as there was anything to score."""
    scored = [f"{count_things(answers, 'answer')}, scored again"] if answers else []
    made = [f"{count_things(results, 'result')}, computed again from answers"] if results else []
    fought = [f"{count_things(battles, 'battle')}, judged again from answers"] if battles else []
    return [*scored, *made, *fought]


def _tell_judged(verdict: Verdict, rows: Sequence[Table]) -> str:
    told = count_things(len(pick(rows, Measurement)), "result")
    return f"the rule {verdict.rule}, applied again to {told}: same outcome, figures and evidence"


def _tell_not_judged(verdict: Verdict) -> str:
    return (
        f"the rule {verdict.rule}: this version of As Claimed does not have it; use the version "
        "that made the bundle"
    )


def _compare_about(bundle: Bundle) -> list[str]:
    """Whether the manifest describes the verdict and claim that the rows hold."""
    verdict = bundle.about["verdict"]
    claims = [row for row in bundle.rows.get("claim", []) if row == bundle.about["claim"]]
    is_same = bundle.rows.get("verdict") == [verdict] and len(claims) == 1
    return [] if is_same else ["the manifest describes another verdict or claim than the rows"]


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
        f"{result.metric} ({result.id}): no stored answer leads to it; it must be measured again"
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
