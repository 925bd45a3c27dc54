"""Carry out the probe `config_facts`: read the header of the weights; no engine."""

from sqlmodel import Session

from kb.domain.results import Result
from kb.tables import Environment
from verifiers.jobs import Job
from verifiers.probes import config_facts
from verifiers.session import record_header
from verifiers.weights import read_local_facts


def read_header(session: Session, job: Job) -> tuple[Environment, list[Result]]:
    """Return what the header says, and the environment: none was needed."""
    facts = read_local_facts(job.local)
    results = config_facts.read_results(job.plan.parameters, facts)
    return record_header(session, job.local), results
