"""A release made ready, served by an engine, proven fit and asked."""
