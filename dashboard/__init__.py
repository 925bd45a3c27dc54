"""The dashboard: pages for readers over the published file, and nothing else."""
