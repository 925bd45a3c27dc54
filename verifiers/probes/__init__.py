"""Probes: one kind of test a file. A new probe is a file and a line here."""

from verifiers.probes import config_facts, context_window

PROBE_NAMES = (config_facts.NAME, context_window.NAME)
