"""Probes: one kind of test a file. A new probe is a file and a line here."""

from verifiers.probes import accepted_window, config_facts, context_ladder, memory_fit

PROBE_NAMES = (
    config_facts.NAME,
    accepted_window.NAME,
    context_ladder.NAME,
    memory_fit.NAME,
)
