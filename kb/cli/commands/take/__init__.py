"""Commands that write results for others."""
