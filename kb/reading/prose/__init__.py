"""Sentences → raw claims: numbers, what they count, and what is no claim."""
