"""What lies in KB_HOME beside the base: logs, drafts, proposals, paths of weights."""
