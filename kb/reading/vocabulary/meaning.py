"""What a number in a sentence counts."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Meaning:
    """What a number counts. Without a type, `reason` says why it is no claim."""

    claim_type: str | None
    metric: str | None = None
    reason: str | None = None
    factor: float = 1.0
