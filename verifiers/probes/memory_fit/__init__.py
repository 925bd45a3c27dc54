"""Probe `memory_fit`: what serving a model takes, predicted and measured.

For each window the engine is started afresh and asked one prompt that fills it. Beside the peak
of its memory stand what the shape of the model predicts, and the tokens that its cache holds; or,
where the window is refused, what stood in the way, in the engine's own words.
"""

from verifiers.probes.memory_fit.probe import PROBE, MemoryFit

__all__ = ["PROBE", "MemoryFit"]
