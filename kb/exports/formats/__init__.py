"""Formats to export an edition in: each file here that declares `FORMAT` is one."""
