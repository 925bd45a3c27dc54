"""From a response to the archive."""
