"""The source lmarena."""
