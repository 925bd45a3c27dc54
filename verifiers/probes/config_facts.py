"""Probe `config_facts`: what a release's own header says, exactly. No engine is needed."""

from kb.domain.results import Result, make_exact
from kb.models.weight_headers import WeightFacts

NAME = "config_facts"
VERSION = 1


def make_parameters(claim_type: str) -> dict[str, object]:
    """Return the parameters of a plan: which figures to read."""
    return {"figures": _FIGURES.get(claim_type, [])}


_FIGURES = {
    "context_length": ["declared_context", "vocabulary"],
    "params_total": ["params_total", "vocabulary"],
    "params_active": ["params_active"],
}


def read_results(
    parameters: dict[str, object], facts: WeightFacts, params_active: int | None = None
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
    figures = parameters["figures"]
    assert isinstance(figures, list)
    return [
        make_exact(name, float(value), unit, facts.tensors, "tensors")
        for name in figures
        for value, unit in [available[name]]
        if value is not None
    ]
