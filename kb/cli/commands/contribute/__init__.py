"""Commands by which people add to the records."""
