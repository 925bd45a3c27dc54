"""What `kb add` and `kb review` share: questions, sources, and records that are written."""
