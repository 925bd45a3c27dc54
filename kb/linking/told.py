"""What a reading is told besides the bytes of its snapshot: names on record, and the source."""

from sqlmodel import Session, col, select

from kb.domain.ids import make_content_id
from kb.store.in_force import is_superseded
from kb.tables import Assertion, Model, Reading, Revision, Snapshot, Source

_TOLD_OF_NOBODY = {"read_on", "text_sha256"}  # of a source: no reader is told


def read_names_digest(session: Session) -> str:
    """Return the digest of all names that the records in force tell models by."""
    revisions = select(Revision.id).where(~is_superseded(Revision.id))
    recorded = select(Assertion.row_id).where(col(Assertion.by_id).in_(revisions))
    models = session.exec(select(Model).where(col(Model.id).in_(recorded)).order_by(col(Model.id)))
    return make_content_id("nms", [_tell_names(model) for model in models])


def _tell_names(model: Model) -> list[object]:
    is_documented = model.availability_source_id is not None
    names = [sorted(model.aliases), sorted(model.not_the_same_as)]
    return [model.id, model.name, model.vendor, *names, is_documented]


def make_inputs(names_digest: str, source: Source) -> str:
    """Return the digest of what a reading of this source is told."""
    return make_content_id("inp", names_digest, source.model_dump(exclude=_TOLD_OF_NOBODY))


def count_outdated(session: Session) -> int:
    """Return how many readings in force were told other things than they would be told now."""
    names, told = read_names_digest(session), dict[str, str]()
    query = (
        select(Reading.inputs, Source)
        .join(Snapshot, col(Snapshot.id) == col(Reading.snapshot_id))
        .join(Source, col(Source.id) == col(Snapshot.source_id))
        .where(~is_superseded(Reading.id))
    )
    found = 0
    for inputs, source in session.exec(query):
        if source.id not in told:
            told[source.id] = make_inputs(names, source)
        found += inputs != told[source.id]
    return found
