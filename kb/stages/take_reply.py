"""Take a reply: a vendor's answer that a person accepted → a row beside the claim."""

from sqlmodel import Session

from kb.domain.ids import make_content_id
from kb.records.proposals import ReplyProposal
from kb.store.claims.judgements import find_claim_id
from kb.store.insert import insert_once, make_row
from kb.tables import VendorReply
from kb.tables.base import now_utc


def take_reply(session: Session, reply: ReplyProposal, accepted_by: str) -> str:
    """Insert the reply once and commit; return its id. Raises UserError when there is no claim."""
    claim_id = find_claim_id(session, reply.claim)
    values = reply.model_dump(exclude={"kind", "claim"})
    said = [claim_id, reply.vendor, reply.said_by, reply.text, reply.url]
    row = make_row(
        VendorReply,
        id=make_content_id("rpl", *said),
        claim_id=claim_id,
        accepted_by=accepted_by,
        accepted_at=now_utc(),
        **values,
    )
    insert_once(session, [row])
    session.commit()
    return row.id
