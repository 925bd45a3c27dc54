"""What a verdict rests on, as rows: everything that its rule was told, and where that came from."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from sqlmodel import Session, col, or_, select

from kb.domain.in_force.unions import Union
from kb.models.attributions import Kin, find_parents
from kb.records.run_files import Rows
from kb.store.claims.cases import CaseRows, make_cases
from kb.store.claims.rivals import Rivals
from kb.store.in_force import is_in_force, is_published
from kb.store.review.histories import place_sighting
from kb.store.review.reads import read_standing
from kb.store.review.standing import Standing
from kb.tables import (
    TABLES,
    Battle,
    Claim,
    Contest,
    Environment,
    Judgement,
    Measurement,
    Model,
    Plan,
    Reading,
    Release,
    Reply,
    Sighting,
    Snapshot,
    Source,
    Verdict,
    VerdictEvidence,
)
from kb.tables.base import Table, get_name

CONTEST = "contest "  # how a result of battles names its contest


def read_verdict_rows(session: Session, verdict: Verdict, *, own_only: bool) -> list[Table]:
    """Return the rows that `verdict` follows from, itself included, each once.

    With `own_only` the evidence is what the verdict itself names; else all that is in force of
    the claim's model and its family. Raw answers of plans are not among them: runs hold those.
    What machines read and nobody reviewed is not among them.
    """
    standing = read_standing(session)
    links = _list(session, VerdictEvidence, VerdictEvidence.verdict_id, [verdict.id])
    claim = session.get_one(Claim, verdict.claim_id)
    models = _read_models(session, claim)
    wanted_ids = {link.measurement_id for link in links}
    wanted = Measurement.id, sorted(wanted_ids)
    if not own_only:
        wanted = Measurement.model_id, _list_family(session, claim, models)
    results = _list(session, Measurement, *wanted, in_force=not own_only)
    plans = _list(session, Plan, Plan.id, [result.plan_id for result in results])
    if not own_only:
        results, plans = _keep_reviewed(results, plans, standing)
    claim_ids = {claim.id, *(plan.claim_id for plan in plans)}
    judgements, claim_ids = _read_judgements(session, claim_ids, standing.hidden_claims)
    claims = _list(session, Claim, Claim.id, claim_ids)
    told = [result for result in results if result.id in wanted_ids]
    battles = list(_read_battles(session, told))
    rows: list[Table] = [
        verdict, *links, *models, *results, *plans, *judgements, *claims, *battles,
        *_read_releases(session, models, results, plans, battles),
        *_list(session, Environment, Environment.id, _list_environments(results, battles)),
        *_read_places(session, claims, told, standing),
    ]  # fmt: skip
    sources = (getattr(row, name, None) for row in rows for name in _SOURCE_KEYS)
    return _sort([*rows, *_list(session, Source, Source.id, sources)])


_SOURCE_KEYS = ("source_id", "availability_source_id")


def _keep_reviewed(
    results: list[Measurement], plans: list[Plan], standing: Standing
) -> tuple[list[Measurement], list[Plan]]:
    """The results that are evidence, and the plans of claims that readers are shown."""
    known = [plan for plan in plans if plan.claim_id not in standing.hidden_claims]
    plan_ids = {None, *(plan.id for plan in known)}
    kept = [row for row in results if row.id not in standing.hidden_results]
    return [row for row in kept if row.plan_id in plan_ids], known


def make_plain_rows(rows: Iterable[Table]) -> Rows:
    """Return rows by table, as plain values."""
    found: Rows = {}
    for row in rows:
        found.setdefault(get_name(type(row)), []).append(row.model_dump(mode="json"))
    return found


def _list(
    session: Session,
    table: type[Any],
    key: Any,
    wanted: Iterable[str | None],
    in_force: bool = False,
) -> list[Any]:
    """The rows whose `key` is one of those wanted; all of them, or those in force."""
    ids = sorted({value for value in wanted if value is not None})
    query = select(table).where(is_in_force(table)) if in_force else select(table)
    return [row for value in ids for row in session.exec(query.where(col(key) == value))]


def _sort(rows: list[Table]) -> list[Table]:
    """Each row once, parents before children, in the order of their ids."""
    unique = {(get_name(type(row)), str(row.model_dump())): row for row in rows}
    order = [get_name(table) for table in TABLES]
    return [unique[key] for key in sorted(unique, key=lambda key: (order.index(key[0]), key[1]))]


def _read_models(session: Session, claim: Claim) -> list[Model]:
    """The models tied to the claim's, and all of the names that the claim compares it with."""
    models = {row.id: row for row in session.exec(select(Model).where(is_published(Model)))}
    models.setdefault(claim.model_id, session.get_one(Model, claim.model_id))
    rivals = Rivals(models.values()).list_named(claim.conditions.get("compared_to", ()))
    wanted = dict.fromkeys([*_list_tied(models, claim.model_id), *sorted(rivals)])
    return [models[member] for member in wanted if member in models]


def _list_tied(models: dict[str, Model], model_id: str) -> list[str]:
    """All models that are tied to this one: kinship is told from the names of a whole family."""
    kin = (Kin(row.id, row.name, row.vendor, row.variant_of) for row in models.values())
    ties = Union()
    for child, parent in find_parents(kin).items():
        ties.join(child, parent)
    return list(ties.list_group(model_id))


def _list_family(session: Session, claim: Claim, models: list[Model]) -> list[str]:
    """The claim's model and those whose evidence its rule is told."""
    (case,) = make_cases(CaseRows([claim], models, [], [], {}, [], []), date.min)
    rivals = (model for _, model in case.compared)
    return list(dict.fromkeys(model.id for model in (case.subject, *case.family, *rivals)))


def _read_judgements(
    session: Session, claim_ids: set[str], hidden: frozenset[str]
) -> tuple[list[Judgement], set[str]]:
    """The judgements that tie claims together which readers are shown, and all claims so tied."""
    found: dict[str, Judgement] = {}
    known, waiting = set(claim_ids), sorted(claim_ids)
    while waiting:
        here = waiting.pop()
        either = or_(col(Judgement.left_id) == here, col(Judgement.right_id) == here)
        for row in session.exec(select(Judgement).where(either, is_published(Judgement))):
            if not hidden.isdisjoint((row.left_id, row.right_id)):
                continue
            found[row.id] = row
            new = {row.left_id, row.right_id} - known
            known |= new
            waiting += sorted(new)
    return list(found.values()), known


def _read_battles(session: Session, results: list[Measurement]) -> Iterator[Table]:
    """Contests behind results, with their battles and both answers of each."""
    named = [result.locator for result in results if (result.locator or "").startswith(CONTEST)]
    for contest in _list(
        session, Contest, Contest.id, [str(locator).removeprefix(CONTEST) for locator in named]
    ):
        battles = _list(session, Battle, Battle.contest_id, [contest.id])
        replies = [key for battle in battles for key in (battle.reply_id, battle.opponent_reply_id)]
        yield from (contest, *battles, *_list(session, Reply, Reply.id, replies))


def _read_releases(
    session: Session,
    models: list[Model],
    results: list[Measurement],
    plans: list[Plan],
    battles: list[Table],
) -> list[Release]:
    ids = [getattr(row, "release_id", None) for row in (*results, *plans, *battles)]
    rivals = [getattr(row, "challenger_id", None) for row in battles]
    ids_of_family = [model.id for model in models]
    of_family = _list(session, Release, Release.model_id, ids_of_family, in_force=True)
    return [*of_family, *_list(session, Release, Release.id, [*ids, *rivals])]


def _list_environments(results: list[Measurement], battles: list[Table]) -> list[str | None]:
    return [getattr(row, "environment_id", None) for row in (*results, *battles)]


def _read_places(
    session: Session, claims: list[Claim], results: list[Measurement], standing: Standing
) -> Iterator[Table]:
    """Where the claim and what decides it was seen: sightings, snapshots and their readings."""
    sightings = _read_sightings(session, {claim.id for claim in claims}, standing)
    yield from sightings
    seen = _list(session, Snapshot, Snapshot.id, [sighting.snapshot_id for sighting in sightings])
    by_people = [sighting.source_id for sighting in sightings if sighting.snapshot_id is None]
    behind = [*by_people, *(result.source_id for result in results)]
    fetched = _list(session, Snapshot, Snapshot.source_id, behind)
    digests = [source.text_sha256 for source in _list(session, Source, Source.id, behind)]
    read = _list(session, Snapshot, Snapshot.sha256, digests)  # under whatever address
    snapshots = {snapshot.id: snapshot for snapshot in (*seen, *fetched, *read)}
    yield from snapshots.values()
    yield from _list(session, Reading, Reading.snapshot_id, snapshots)


def _read_sightings(session: Session, claim_ids: set[str], standing: Standing) -> list[Sighting]:
    """The sightings of these claims that readers are shown, those mended to them among them."""
    mended = [key for key, review in standing.reviews.items() if review.mended_id in claim_ids]
    found = [
        *_list(session, Sighting, Sighting.claim_id, claim_ids, in_force=True),
        *_list(session, Sighting, Sighting.id, mended, in_force=True),
    ]
    placed = (place_sighting(row, standing) for row in found if standing.is_shown(row.id))
    return [row for row in placed if row.claim_id in claim_ids]
