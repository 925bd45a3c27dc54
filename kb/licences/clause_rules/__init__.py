"""Rules that read terms out of clauses."""
