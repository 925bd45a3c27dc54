"""Verdict rules: pure, versioned, tried in order; the first that has something to say decides.

A rule is one module with a `RULE` somewhere below this package; nothing lists them.
"""
