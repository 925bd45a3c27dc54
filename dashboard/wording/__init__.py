"""Figures, outcomes and markup in the words and signs of a reader."""
