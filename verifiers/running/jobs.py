"""Jobs: which plans there are for the releases whose weights are on this machine."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlmodel import Session, col, select

from kb.domain.errors import UserError
from kb.settings import Settings
from kb.stages.measure import has_results
from kb.stages.plan import insert_plan
from kb.store.home.local_weights import LocalWeights, find_local_weights
from kb.store.in_force import is_in_force
from kb.store.review.reads import read_shown_claims
from kb.tables import Claim, Plan, Release
from verifiers.probing.claim_under_test import ClaimUnderTest, Parameters
from verifiers.probing.probe import Effort, Probe
from verifiers.probing.registry import find_probe, list_probes

_RANDOM_SEED = 20250405


@dataclass(frozen=True)
class Job:
    """A plan with the claim and the weights it is for."""

    plan: Plan
    claim: Claim
    release: Release
    local: LocalWeights

    @property
    def probe(self) -> Probe:
        """The probe that carries the plan out."""
        return find_probe(self.plan.probe)

    @property
    def title(self) -> str:
        """What is tested, for people."""
        return f"{self.claim.subject_text} · {self.claim.claim_type} · {self.plan.probe}"


def plan_jobs(session: Session, settings: Settings, effort: Effort, only: list[str]) -> list[Job]:
    """Insert the plans of every testable claim; return the jobs, those without engine first.

    `only` names claims by id or number in the founding list; empty means all.
    """
    jobs = [
        job
        for release in session.exec(
            select(Release).where(is_in_force(Release)).order_by(col(Release.id))
        )
        if (local := find_local_weights(settings.home, release.id)) is not None
        for job in _plan_release(session, release, local, effort, only)
    ]
    unknown = set(only) - {key for job in jobs for key in (job.claim.id, job.claim.seed)}
    if unknown:
        names = ", ".join(sorted(map(str, unknown)))
        raise UserError(f"nothing to test for {names}: no such claim, or no weights of it here")
    return sorted(jobs, key=_rank)


def _rank(job: Job) -> tuple[bool, str, str, int, str]:
    probe = job.probe
    return probe.needs_engine, job.claim.model_id, job.claim.id, probe.place, probe.name


def _plan_release(
    session: Session, release: Release, local: LocalWeights, effort: Effort, only: list[str]
) -> Iterator[Job]:
    for claim in read_shown_claims(session, release.model_id):
        if only and claim.id not in only and claim.seed not in only:
            continue
        under_test = make_claim_under_test(claim)
        for probe in list_probes():
            if probe.can_test(under_test):
                parameters = probe.make_parameters(under_test, effort)
                plan = make_plan(session, probe, claim, release, parameters)
                yield Job(plan, claim, release, local)


def make_claim_under_test(claim: Claim) -> ClaimUnderTest:
    """Return what a probe is told of a claim."""
    return ClaimUnderTest(claim.claim_type, claim.claimed_value, claim.unit, claim.conditions)


def make_plan(
    session: Session,
    probe: Probe,
    claim: Claim,
    release: Release,
    parameters: Parameters,
    random_seed: int = _RANDOM_SEED,
) -> Plan:
    """Insert the plan of a probe for a claim, if it is new, and return it."""
    return insert_plan(
        session, claim.id, release.id, probe.name, probe.version, dict(parameters), random_seed
    )


def is_done(session: Session, job: Job) -> bool:
    """Whether the job's results are on record."""
    return has_results(session, job.plan.id)
