"""How an outcome looks: a word, a symbol, a colour and a pattern, so that none stands alone.

Colours are those of Okabe and Ito (2008), which people with any common colour blindness can
tell apart; patterns carry the difference on paper.
"""

from dataclasses import dataclass

from kb.domain.outcomes import OUTCOME_LABELS, Outcome


@dataclass(frozen=True)
class Mark:
    """The look of one outcome; `pattern` and `point` are Plotly's names."""

    outcome: Outcome
    symbol: str
    colour: str
    pattern: str
    point: str

    @property
    def word(self) -> str:
        """Its name for readers."""
        return OUTCOME_LABELS[self.outcome][0]

    @property
    def meaning(self) -> str:
        """What it says, in one sentence."""
        return OUTCOME_LABELS[self.outcome][1]


MARKS: tuple[Mark, ...] = (
    Mark(Outcome.SUPPORTED, "✓", "#009E73", "", "circle"),
    Mark(Outcome.OVERSTATED, "▲", "#D55E00", "/", "triangle-up"),
    Mark(Outcome.REFUTED, "✕", "#CC79A7", "x", "x"),
    Mark(Outcome.WRONG_ARTEFACT, "⇄", "#0072B2", "\\", "diamond"),
    Mark(Outcome.INCONCLUSIVE, "?", "#56B4E9", ".", "square"),
    Mark(Outcome.PENDING, "…", "#E69F00", "-", "hourglass"),
    Mark(Outcome.NOT_TESTABLE, "∅", "#8A8A8A", "|", "circle-x"),
    Mark(Outcome.UNTESTED, "○", "#BDBDBD", "+", "circle-open"),
)
FELL_SHORT = (Outcome.OVERSTATED, Outcome.REFUTED, Outcome.WRONG_ARTEFACT)
_BY_OUTCOME = {mark.outcome.value: mark for mark in MARKS}


def find_mark(outcome: str | None) -> Mark:
    """Return the look of `outcome`; a claim that was not judged is untested."""
    return _BY_OUTCOME.get(outcome or "", MARKS[-1])
