"""The rule about what neither weights nor public documents can settle."""

from kb.domain.outcomes import Basis, Outcome
from kb.rules.case import Case, Evidence
from kb.rules.evidence_words import write_by, write_figure
from kb.rules.rule import Finding, Rule, VerdictFact
from kb.rules.wording import write_number

_PARTS = {"training_compute": ("training_gpu_hours", "training_gpus")}
_MOST_TOLD = 4


def judge_unknowable(case: Case) -> Finding | None:
    """Some things cannot be settled from weights or public documents; parts may be published."""
    if case.claim.declared_type.knowable:
        return None
    return Finding(Outcome.NOT_TESTABLE, _find_parts(case), rests_on=Basis.NONE)


def _find_parts(case: Case) -> tuple[Evidence, ...]:
    """What is on record of it, of the subject and of what it is compared with."""
    names = (case.claim.claim_type, *_PARTS.get(case.claim.claim_type, ()))
    found = [result for result in case.of_own_metric(*names) if result.value is not None]
    own = sorted(found, key=lambda result: names.index(result.metric))
    metrics = {result.metric for result in own}
    rivals = [result for result in case.rival_evidence if result.metric in metrics]
    return (*own, *rivals)[:_MOST_TOLD]


def say_unknowable(verdict: VerdictFact) -> str:
    """What is published, if any of it is, and what it would take to settle it."""
    if not verdict.evidence:
        return (
            "Nothing public on record settles this; it would take records that whoever made the "
            "claim publishes and that others can check."
        )
    parts = " ".join(_say_part(result) for result in verdict.evidence)
    return (
        f"A part of this is published. {parts} That does not settle the claimed "
        f"{_write_claimed(verdict)}; it would take complete figures, in a form that others can "
        "check."
    )


def _say_part(result: Evidence) -> str:
    note = f" {result.conditions.note.rstrip('.')}." if result.conditions.note else ""
    return f"{result.model.name}: {write_figure(result)} ({write_by(result)}).{note}"


def _write_claimed(verdict: VerdictFact) -> str:
    claim = verdict.claim
    if claim.claimed_value is not None and claim.unit == "times":
        return f"factor of {write_number(claim.claimed_value)}"
    return f"“{claim.claimed_text}”"


RULE = Rule(
    name="unknowable",
    version=2,
    order=180,
    plain="What neither weights nor public documents can settle is not testable. Where a part of "
    "it is published, the verdict says which part, and what is missing.",
    would_change="A document that anybody can check would make it testable, such as complete "
    "records that the speaker publishes.",
    judge=judge_unknowable,
    say=say_unknowable,
)
