"""What a unit of claimed figures is made of."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Unit:
    """One unit.

    `written` is a regular expression for the words behind a number. `in_claims` is what stands
    behind the figure in a claim that the reader words; nothing for units that documents rarely
    give. `label` is how pages write it, by default the name in plain words. A share of a whole
    has a `top`: the figure that means all of it.
    """

    name: str
    written: str | None = None
    in_claims: str = ""
    label: str = ""
    top: float | None = None
