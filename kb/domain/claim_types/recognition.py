"""How the reader recognises claims of a type: what they are called, what stands beside a figure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class LabelPattern:
    """What a column, a key or a line is called that holds such a claim.

    A regular expression for the whole label, without regard to case. `metric` is what the label
    says beyond the type, like the side of a price.
    """

    pattern: str
    metric: str | None = None


@dataclass(frozen=True)
class CountPattern:
    """What stands beside a number in a sentence that counts this.

    A regular expression for the words right after the number, or right before it. A figure is
    multiplied by `factor`. A group called `side` tells which price is meant.
    """

    pattern: str
    metric: str | None = None
    factor: float = 1.0


@dataclass(frozen=True)
class Recognition:
    """How claims of one type are recognised in tables, under keys and in sentences.

    `phrases` say the type in a few words, for labels that no pattern knows. `unit` is the unit
    of figures in texts where it is not the type's own; `low` and `high` bound the figures that
    a label is believed to hold, `said_low` and `said_high` those of a sentence, where more things
    are counted. `takes_small_figures` is for types whose figures are written in
    full: 8 under "experts" is 8, but 8 under "context length" is not a length. `takes_words` is
    for types that are a list of words as often as a number. Two claims of one type that differ
    in their metric alone are two claims if `has_metrics`.
    """

    labels: tuple[LabelPattern, ...] = ()
    phrases: tuple[str, ...] = ()
    after_number: tuple[CountPattern, ...] = ()
    before_number: tuple[CountPattern, ...] = ()
    unit: str | None = None
    low: float = 0.0
    high: float = 1e18
    said_low: float = 0.0
    said_high: float = 1e18
    takes_small_figures: bool = False
    takes_words: bool = False
    has_metrics: bool = False
