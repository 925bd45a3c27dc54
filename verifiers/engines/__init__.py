"""Engines: whatever serves the weights, spoken to over HTTP."""
