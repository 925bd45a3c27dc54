"""Sentences → findings: numbers, what they count, and what is no claim."""
