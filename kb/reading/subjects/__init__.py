"""Whom a document, a section or a sentence is about."""
