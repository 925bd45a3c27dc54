"""Bundles: one archive with all that a verdict rests on, to be judged again elsewhere."""
