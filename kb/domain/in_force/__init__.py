"""Which rows are in force: histories, judgements, what supersedes what, groups."""
