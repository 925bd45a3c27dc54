"""Audits of the records: facts drawn by chance, and what readers found in their sources."""
