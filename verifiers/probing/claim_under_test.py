"""What a probe is told of a claim, and what it tells of the machine it ran on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Parameters = Mapping[str, Any]
EnvironmentFacts = dict[str, Any]


@dataclass(frozen=True)
class ClaimUnderTest:
    """What a probe is told of the claim."""

    claim_type: str
    claimed_value: float | None = None
    unit: str | None = None
    conditions: Parameters = field(default_factory=dict)
