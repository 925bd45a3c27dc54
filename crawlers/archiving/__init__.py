"""How what was fetched gets into the archive."""
