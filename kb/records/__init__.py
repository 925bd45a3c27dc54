"""Contributed record files: their schema, checks, lint and additions; run files; proposals."""
