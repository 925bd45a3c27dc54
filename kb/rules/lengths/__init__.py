"""Rules about how long a prompt may be."""
