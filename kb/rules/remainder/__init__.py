"""Rules for what no other rule decides."""
