"""A release made ready, served by an engine, checked and asked."""
