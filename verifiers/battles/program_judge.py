"""Judge (a): a program, for prompts whose answers can be checked."""

from verifiers.battles import checks
from verifiers.battles.decided import AnswerPair, Decided

LABEL = f"program, {checks.NAME}"


class ProgramJudge:
    """The answer that passes the larger share of the checks is better; equal shares tie."""

    label = LABEL

    def decide(self, pair: AnswerPair) -> Decided:
        """Return the outcome, with the shares that both answers passed."""
        first, second = (
            checks.compute_share(answer, pair.checks) for answer in (pair.first, pair.second)
        )
        score = 0.5 if first == second else float(first > second)
        return Decided(score, (f"{first:.4f}", f"{second:.4f}"))
