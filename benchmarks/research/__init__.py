"""Simulations behind the statistics that verifiers use."""
