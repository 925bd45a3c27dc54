"""Probe `config_facts`: what a release's own header says, exactly. No engine is needed."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kb.domain.results import Result, make_exact
from kb.models.architectures import PackedError, ShapeError, count_tensors
from kb.models.weight_headers import TensorInfo, WeightFacts
from verifiers.probing.claim_under_test import ClaimUnderTest, Parameters
from verifiers.probing.probe import Effort, Findings, Probe

if TYPE_CHECKING:
    from verifiers.probing.context import ProbeContext

_FIGURES = {
    "context_length": ["declared_context", "vocabulary"],
    "params_total": ["params_total", "vocabulary"],
    "params_active": ["params_active"],
}


class ConfigFacts(Probe):
    """Reads figures from headers."""

    name = "config_facts"
    label = "Header figures"
    about = (
        "Some claims can be checked without running the model. How many parameters a model has, "
        "and which context length it "
        "declares, can be read from the headers and the configuration released with the weights. "
        "We multiply out the dimensions of each block of weights (a tensor); where several numbers "
        "are packed into one, we count each of them. Such a "
        "figure is exact and has no interval."
    )
    claim_types = tuple(_FIGURES)
    needs_engine = False
    place = 10

    def make_parameters(self, claim: ClaimUnderTest, effort: Effort) -> dict[str, Any]:
        """Return which figures to read."""
        return {"figures": _FIGURES[claim.claim_type]}

    def run(self, context: "ProbeContext") -> Findings:
        """Read the header."""
        active = _count_active(*context.read_tensors())
        results = read_results(context.parameters, context.read_header(), active)
        return Findings(context.describe_header(), results)

    def describe_plan(self, parameters: Parameters, asked: int) -> str:
        """Say where the figures stand."""
        return "We read the figures from the release's own headers and configuration."


def read_results(
    parameters: Parameters, facts: WeightFacts, params_active: int | None = None
) -> list[Result]:
    """Return the figures that the plan asks for and the header has.

    `params_active` are those that a token uses, where the architecture is known.
    """
    available = {
        "params_active": (params_active, "parameters"),
        "declared_context": (facts.context_tokens, "tokens"),
        "params_total": (facts.params_total, "parameters"),
        "vocabulary": (facts.vocabulary, "tokens"),
    }
    return [
        make_exact(name, float(value), unit, facts.tensors, "tensors")
        for name in parameters["figures"]
        for value, unit in [available[name]]
        if value is not None
    ]


def _count_active(tensors: Sequence[TensorInfo], config: Mapping[str, Any] | None) -> int | None:
    """Parameters that a token uses; None where the architecture or the packing is not known."""
    try:
        return count_tensors(tensors, config).active
    except (PackedError, ShapeError):
        return None


PROBE = ConfigFacts()
