"""Link: claims → judgements on which of them say the same in other words.

The rule's comparisons are appended where they are new or say something new; what people said
stays in force whatever a rule finds. Ids come from content, so a run that was killed is run
again with the same end.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

import sqlalchemy
from sqlmodel import Session

from kb.domain.encoding import Encoder
from kb.domain.errors import UserError
from kb.domain.ids import make_content_id
from kb.domain.in_force.judgements import RULE_PREFIX, JudgementFact, Likeness, find_heads
from kb.linking.candidates import find_pairs
from kb.linking.compared_claims import RULE, ComparedClaim, Pair
from kb.store.claims.judgements import find_claim_id, make_fact, read_groups, read_judgements
from kb.store.in_force import is_in_force
from kb.store.insert import insert_once, make_row
from kb.tables import Claim, Judgement
from kb.tables.base import get_columns, now_utc

_BATCH = 2000


@dataclass
class LinkReport:
    """What linking brought: claims looked at, comparisons by outcome, groups, conflicts."""

    claims: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    new_judgements: int = 0
    groups: int = 0
    merged: int = 0
    conflicts: list[str] = field(default_factory=list)


def link_claims(
    session: Session, encoder: Encoder, on_step: Callable[[str], None] = lambda words: None
) -> LinkReport:
    """Compare all claims by rule, append what is new, and commit."""
    claims = read_compared_claims(session)
    report = LinkReport(claims=len(claims))
    pairs = find_pairs(claims, encoder, on_step)
    report.outcomes.update(pair.comparison.outcome.value for pair in pairs)
    on_step("storing")
    rows = _make_new_rows(pairs, read_judgements(session))
    while batch := list(islice(rows, _BATCH)):
        report.new_judgements += insert_once(session, batch)
        session.commit()
    groups = read_groups(session)
    report.groups = len(set(groups.canonical.values()))
    report.merged = len(groups.canonical)
    report.conflicts = groups.conflicts
    return report


def read_compared_claims(session: Session) -> list[ComparedClaim]:
    """Return every claim in force as linking knows it."""
    wanted = ("id", "model_id", "claim_type", "claimed_text", "metric", "claimed_value",
              "claimed_high", "unit", "operator", "conditions", "seed")  # fmt: skip
    columns = {column.name: column for column in get_columns(Claim)}
    query = sqlalchemy.select(*(columns[name] for name in wanted)).where(is_in_force(Claim))
    return [
        ComparedClaim(*row) for row in session.connection().execute(query.order_by(columns["id"]))
    ]


def _make_new_rows(pairs: Iterable[Pair], known: list[JudgementFact]) -> Iterator[Judgement]:
    """Rows for comparisons that are new or changed, and for those that the rule no longer makes."""
    heads = find_heads(known, of_rules=True)
    found = set()
    for pair in pairs:
        key = (pair.left_id, pair.right_id)
        found.add(key)
        comparison, head = pair.comparison, heads.get(key)
        says = (comparison.outcome, comparison.reason, RULE)
        if head is None or (head.outcome, head.reason, head.author) != says:
            yield make_judgement(key, *says, score=comparison.score, before=head)
    for key, head in sorted(heads.items()):
        is_stale = head.author != RULE and head.outcome is not Likeness.WITHDRAWN
        if is_stale and key not in found:
            words = "the present rule says nothing about them"
            yield make_judgement(key, Likeness.WITHDRAWN, words, RULE, before=head)


def make_judgement(
    pair: tuple[str, str],
    outcome: Likeness,
    reason: str,
    author: str,
    *,
    score: float | None = None,
    before: JudgementFact | None = None,
) -> Judgement:
    """Return the row of a judgement on two claims, in the order of their ids."""
    supersedes = before.id if before else None
    return make_row(
        Judgement,
        id=make_content_id("jdg", *pair, outcome, reason, author, supersedes),
        left_id=pair[0],
        right_id=pair[1],
        outcome=outcome,
        score=score,
        reason=reason,
        author=author,
        supersedes_id=supersedes,
        judged_at=now_utc(),
    )


def insert_persons_judgement(
    session: Session, first: str, second: str, outcome: Likeness, by: str, reason: str
) -> JudgementFact:
    """Insert what a person says of two claims, named by id or seed; commit; return it.

    It supersedes what people said of them before. Raises UserError when a claim is not there,
    both are one, or the name is missing or a rule's.
    """
    _check_person(by)
    left, right = sorted((find_claim_id(session, first), find_claim_id(session, second)))
    if left == right:
        raise UserError(f"{first} and {second} are the same claim; name two different ones")
    if not reason.strip():
        raise UserError("a judgement needs its reason; add --reason 'in a few words'")
    before = find_heads(read_judgements(session), of_rules=False).get((left, right))
    if before and (before.outcome, before.reason, before.author) == (outcome, reason, by):
        return before
    row = make_judgement((left, right), outcome, reason, by, before=before)
    insert_once(session, [row])
    session.commit()
    return make_fact(row)


def withdraw_judgement(session: Session, judgement_id: str, by: str, reason: str) -> JudgementFact:
    """Take a person's judgement back and commit; what the rule says is in force again.

    Raises UserError when there is no such judgement, a rule gave it, or it is not in force.
    """
    _check_person(by)
    row = session.get(Judgement, judgement_id)
    if row is None:
        raise UserError(f"no judgement {judgement_id!r}; `kb link --list` shows them")
    before = make_fact(row)
    if before.is_rule:
        raise UserError(
            f"{judgement_id} is a rule's; say otherwise with --same, --different or --unsure"
        )
    if before.outcome is Likeness.WITHDRAWN:
        raise UserError(f"{judgement_id} already withdraws a judgement; judge the pair again")
    head = find_heads(read_judgements(session), of_rules=False)[before.pair]
    if head.id != before.id:
        is_done = head.outcome is Likeness.WITHDRAWN and head.supersedes_id == before.id
        if is_done:
            return head
        raise UserError(f"{judgement_id} is no longer in force; undo {head.id}, which replaced it")
    words = reason.strip() or "taken back"
    taken = make_judgement(before.pair, Likeness.WITHDRAWN, words, by, before=before)
    insert_once(session, [taken])
    session.commit()
    return make_fact(taken)


def _check_person(by: str) -> None:
    if not by.strip():
        raise UserError("a judgement needs its author; add --by YOUR_NAME")
    if by.startswith(RULE_PREFIX):
        raise UserError(f"{by!r} is a rule's name; give the name of a person")
