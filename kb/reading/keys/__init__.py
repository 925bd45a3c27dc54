"""Values under keys: front matter, JSON, lines with a colon."""
