"""Named reads of judgements, and the groups of claims that they make."""

from collections.abc import Collection, Iterable

from sqlmodel import Session, col, select

from kb.domain.errors import UserError
from kb.domain.in_force.judgements import Groups, JudgementFact, Likeness, make_groups
from kb.store.in_force import is_in_force, is_published
from kb.tables import Claim, Judgement


def read_judgements(session: Session) -> list[JudgementFact]:
    """Return every judgement on record on two claims that are in force."""
    query = select(Judgement).where(is_published(Judgement))
    return [make_fact(row) for row in session.exec(query.order_by(col(Judgement.id)))]


def make_fact(row: Judgement) -> JudgementFact:
    """Return a judgement's row as what rules are told."""
    return JudgementFact(
        row.id,
        row.left_id,
        row.right_id,
        Likeness(row.outcome),
        row.reason,
        row.author,
        row.judged_at,
        row.score,
        row.supersedes_id,
    )


def make_row_groups(claims: Iterable[Claim], judgements: Iterable[Judgement]) -> Groups:
    """Return which claims say the same, from the rows of all claims and judgements."""
    founding_rows = {claim.id: claim.seed for claim in claims if claim.seed}
    return make_groups(map(make_fact, judgements), founding_rows)


def read_founding_rows(session: Session) -> dict[str, str | None]:
    """Return the founding row of every claim that has one."""
    query = select(Claim.id, Claim.seed).where(col(Claim.seed).is_not(None), is_in_force(Claim))
    return dict(session.exec(query).all())


def read_groups(session: Session, hidden: Collection[str] = ()) -> Groups:
    """Return which claims say the same, by the judgements in force; `hidden` ones with none."""
    unseen = frozenset(hidden)
    facts = [fact for fact in read_judgements(session) if not unseen.intersection(fact.pair)]
    return make_groups(facts, read_founding_rows(session))


def find_claim_id(session: Session, key: str) -> str:
    """Return the id of the claim with this id or seed; raise UserError when there is none."""
    query = select(Claim.id).where((col(Claim.id) == key) | (col(Claim.seed) == key.upper()))
    found = session.exec(query.order_by(~is_in_force(Claim))).first()
    if found is None:
        raise UserError(f"no claim {key!r}; `kb claims` lists them")
    return found
