"""Jobs: which plans there are for the releases whose weights are on this machine."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlmodel import Session, col, select

from kb.domain.claim_types import find_claim_type
from kb.domain.errors import UserError
from kb.settings import Settings
from kb.stages.measure import has_results
from kb.stages.plan import insert_plan
from kb.store.home.local_weights import LocalWeights, find_local_weights
from kb.tables import Claim, Plan, Release
from verifiers.probes import (
    PROBE_NAMES,
    accepted_window,
    config_facts,
    context_ladder,
    memory_fit,
)
from verifiers.sequential.ladder import Mode

_SEED = 20250405
_OF_LENGTH = (accepted_window.NAME, context_ladder.NAME)
_SHORTEST_LADDER = 512  # tokens; a question and its text need about half of it


@dataclass(frozen=True)
class Effort:
    """How much a run may ask, and how it decides.

    `budget_tokens` None means as the profile says.
    """

    profile: str = "quick"
    mode: Mode = Mode.ANYTIME
    alpha: float = 0.05
    budget_tokens: int | None = None


@dataclass(frozen=True)
class Job:
    """A plan with the claim and the weights it is for."""

    plan: Plan
    claim: Claim
    release: Release
    local: LocalWeights

    @property
    def title(self) -> str:
        """What is tested, for people."""
        return f"{self.claim.subject_text} · {self.claim.claim_type} · {self.plan.probe}"


def plan_jobs(session: Session, settings: Settings, effort: Effort, only: list[str]) -> list[Job]:
    """Insert the plans of every testable claim; return the jobs, those without engine first.

    `only` names claims by id or seed; empty means all.
    """
    jobs = [
        job
        for release in session.exec(select(Release).order_by(col(Release.id)))
        if (local := find_local_weights(settings.home, release.id)) is not None
        for job in _plan_release(session, release, local, effort, only)
    ]
    unknown = set(only) - {key for job in jobs for key in (job.claim.id, job.claim.seed)}
    if unknown:
        names = ", ".join(sorted(map(str, unknown)))
        raise UserError(f"nothing to test for {names}: no such claim, or no weights of it here")
    return sorted(jobs, key=_rank)


def _rank(job: Job) -> tuple[bool, str, str, int]:
    needs_engine = job.plan.probe != config_facts.NAME
    return needs_engine, job.claim.model_id, job.claim.id, PROBE_NAMES.index(job.plan.probe)


def _plan_release(
    session: Session, release: Release, local: LocalWeights, effort: Effort, only: list[str]
) -> Iterator[Job]:
    claims = session.exec(
        select(Claim).where(col(Claim.model_id) == release.model_id).order_by(col(Claim.id))
    ).all()
    for claim in claims:
        if only and claim.id not in only and claim.seed not in only:
            continue
        for probe in find_claim_type(claim.claim_type).probes:
            if probe in _OF_LENGTH and (claim.claimed_value or 0) < _SHORTEST_LADDER:
                continue
            version, parameters = _make_recipe(probe, claim, effort)
            plan = insert_plan(session, claim.id, release.id, probe, version, parameters, _SEED)
            yield Job(plan, claim, release, local)


def _make_recipe(probe: str, claim: Claim, effort: Effort) -> tuple[int, dict[str, object]]:
    if probe == config_facts.NAME:
        return config_facts.VERSION, config_facts.make_parameters(claim.claim_type)
    if probe == memory_fit.NAME:
        return memory_fit.VERSION, memory_fit.make_parameters()
    tokens = int(claim.claimed_value or 0)
    if probe == accepted_window.NAME:
        parameters = accepted_window.make_parameters(tokens, effort.profile)
        return accepted_window.VERSION, parameters
    return context_ladder.VERSION, context_ladder.make_parameters(
        tokens, effort.profile, effort.mode, effort.alpha, effort.budget_tokens
    )


def is_done(session: Session, job: Job) -> bool:
    """Whether the job's results are on record."""
    return has_results(session, job.plan.id)
