"""Scoring: text → score, pure. A scorer's name and version are part of a rule's name."""
