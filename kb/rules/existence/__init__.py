"""Rules about what exists: promises, releases, models that never were."""
