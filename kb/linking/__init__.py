"""Linking: which names mean one model, which claims say the same."""
