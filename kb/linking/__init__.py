"""Linking: which names are one model, which claims are one proposition."""
