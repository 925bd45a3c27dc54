"""Probes: one test in one file, or in one folder with its parts. docs/how-to/add-a-probe.md."""
