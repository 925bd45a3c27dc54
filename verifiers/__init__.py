"""Verifiers: engines that serve weights, probes that question them, scoring of the answers."""
