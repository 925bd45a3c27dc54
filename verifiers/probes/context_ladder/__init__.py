"""Probe `context_ladder`: the effective context of a served model, by two rules.

Rounds of fourteen questions, one of each task, at lengths that double up to the claim. Thirteen
make the score (four families, after RULER, arXiv 2404.06654); the non-lexical needle (after
NoLiMa, arXiv 2502.05167) is told apart. Which rounds are asked follows from the answers
(`verifiers.sequential`), and the error rate is stated for the whole ladder and both rules.
"""

from verifiers.probes.context_ladder.probe import PROBE, ContextLadder

__all__ = ["PROBE", "ContextLadder"]
