"""Readers' own SQL on the published file."""
