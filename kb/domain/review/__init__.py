"""Review of machine readings: what was read, what people decided of it, what state that gives."""
