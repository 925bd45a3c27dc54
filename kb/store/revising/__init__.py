"""Versions of record files: what takes whose place, what corrections tell, what goes unnoted."""
