"""The probe: its windows, and what it says of itself."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from verifiers.probing.claim_under_test import ClaimUnderTest, Parameters
from verifiers.probing.probe import Effort, Findings, Probe

if TYPE_CHECKING:
    from verifiers.probing.context import ProbeContext

_WINDOWS = (512, 2048, 8192)


class MemoryFit(Probe):
    """Starts the engine at each window and watches its memory."""

    name = "memory_fit"
    label = "Memory needed"
    about = (
        "We measure how much memory a model needs, and predict it. For each context limit we start "
        "the engine afresh, send one prompt that fills the limit, and record the engine's peak "
        "memory; if it refuses, we keep its own words. The prediction is arithmetic from the "
        "model's "
        "published architecture: the weights in their number format, the KV cache (the memory for "
        "the prompt), working memory for one step, and the engine's own share."
    )
    claim_types = ("hardware_fit",)
    place = 40

    def make_parameters(self, claim: ClaimUnderTest, effort: Effort) -> dict[str, Any]:
        """Return the windows to start the engine with."""
        return make_parameters()

    def run(self, context: "ProbeContext") -> Findings:
        """Measure all windows."""
        from verifiers.probes.memory_fit.watching import measure_windows  # needs an engine

        context.close_engine()  # two engines at once would measure each other
        return measure_windows(context)

    def describe_plan(self, parameters: Parameters, asked: int) -> str:
        """Say which windows were measured."""
        windows = ", ".join(f"{window:,}" for window in parameters["windows"])
        return (
            f"We started the engine with context limits of {windows} tokens, filled each one and "
            "recorded the engine's peak memory."
        )


def make_parameters(windows: Sequence[int] = ()) -> dict[str, Any]:
    """Return the windows to start the engine with, smallest first."""
    return {"windows": sorted(set(windows or _WINDOWS))}


PROBE = MemoryFit()
