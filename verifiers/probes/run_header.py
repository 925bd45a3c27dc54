"""Carry out the probe `config_facts`: read the header of the weights; no engine."""

from pathlib import Path

from sqlmodel import Session

from kb.domain.results import Result
from kb.models.architectures import PackedError, ShapeError, count_tensors
from kb.store.weight_files import load_weight_files
from kb.tables import Environment
from verifiers.probes import config_facts
from verifiers.running.jobs import Job
from verifiers.serving.session import record_header
from verifiers.serving.weights import read_local_facts


def read_header(session: Session, job: Job) -> tuple[Environment, list[Result]]:
    """Return what the header says, and the environment: none was needed."""
    facts = read_local_facts(job.local)
    active = _count_active(Path(job.local.path))
    results = config_facts.read_results(job.plan.parameters, facts, active)
    return record_header(session, job.local), results


def _count_active(path: Path) -> int | None:
    """Parameters that a token uses; None where the architecture or the packing is not known."""
    files = load_weight_files(path)
    try:
        return count_tensors(files.tensors or (), files.config).active
    except (PackedError, ShapeError):
        return None
