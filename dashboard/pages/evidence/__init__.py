"""Pages about what verdicts rest on: sources, snapshots, the method, the published file."""
