"""Bytes of a document → text → claims, for the extractors of all sources."""
