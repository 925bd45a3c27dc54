"""The rule about what neither weights nor public documents can settle."""

from kb.domain.outcomes import Basis, Outcome
from kb.rules.case import Case, Evidence
from kb.rules.evidence_words import write_by, write_figure
from kb.rules.rule import Finding, Rule, VerdictFact
from kb.rules.wording import write_number

_PARTS = {"training_compute": ("training_gpu_hours", "training_gpus")}
_HOURS = "training_gpu_hours"
_MOST_TOLD = 4


def judge_unknowable(case: Case) -> Finding | None:
    """Some things cannot be settled from weights or public documents; parts may be published."""
    if case.claim.declared_type.knowable:
        return None
    return Finding(Outcome.NOT_TESTABLE, _find_parts(case), rests_on=Basis.NONE)


def _find_parts(case: Case) -> tuple[Evidence, ...]:
    """What is on record of it, of the subject alone: two models' hours side by side are no ratio.

    A number of GPUs is told beside a claim of GPUs only, and hours never are.
    """
    names = (case.claim.claim_type, *_PARTS.get(case.claim.claim_type, ()))
    found = [result for result in case.of_own_metric(*names) if _belongs(case, result)]
    return tuple(sorted(found, key=lambda result: names.index(result.metric))[:_MOST_TOLD])


def _belongs(case: Case, result: Evidence) -> bool:
    claim = case.claim
    is_of_its_kind = result.metric == claim.claim_type or result.unit == claim.unit
    are_hours = result.metric == _HOURS and claim.unit in (None, "times")
    return result.value is not None and (is_of_its_kind or are_hours)


def say_unknowable(verdict: VerdictFact) -> str:
    """What is published, if any of it is, and what it would take to settle it."""
    if not verdict.evidence:
        return (
            "Nothing public on record settles this; it would take records that whoever made the "
            "claim publishes and that others can check."
        )
    parts = " ".join(_say_part(result) for result in verdict.evidence)
    return (
        f"Something near is published. {parts}{_say_hours(verdict)} That neither confirms nor "
        f"contradicts the claimed {_write_claimed(verdict)}; it would take complete figures, in a "
        "form that others can check."
    )


def _say_hours(verdict: VerdictFact) -> str:
    if not verdict.of_metric(_HOURS):
        return ""
    return " Hours are not compute: no ratio of compute follows from them."


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
    version=3,
    order=180,
    plain="What neither weights nor public documents can settle is not testable. Where a part of "
    "it is published, the verdict says which part, and what is missing. GPU hours are not compute "
    "and are never set beside those of another model.",
    would_change="A document that anybody can check would make it testable, such as complete "
    "records that the speaker publishes.",
    judge=judge_unknowable,
    say=say_unknowable,
)
