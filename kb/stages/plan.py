"""Plan: claims × releases × probes → what exactly will be done."""

from sqlmodel import Session

from kb.domain.ids import make_content_id
from kb.store.insert import insert_once, make_row
from kb.tables import Plan


def insert_plan(
    session: Session,
    claim_id: str,
    release_id: str,
    probe: str,
    probe_version: int,
    parameters: dict[str, object],
    random_seed: int,
) -> Plan:
    """Insert the plan if it is new, commit, and return it."""
    parts = (claim_id, release_id, probe, probe_version, parameters, random_seed)
    plan = make_row(
        Plan,
        id=make_content_id("pln", *parts),
        claim_id=claim_id,
        release_id=release_id,
        probe=probe,
        probe_version=probe_version,
        parameters=parameters,
        seed=random_seed,
    )
    insert_once(session, [plan])
    session.commit()
    return plan
