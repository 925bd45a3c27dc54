"""What a probe is, how it is found, and what it is handed when it runs."""
