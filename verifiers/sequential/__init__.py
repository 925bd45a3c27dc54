"""Sequential tests of a score against a threshold, and of a ladder of lengths."""
