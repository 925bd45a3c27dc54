"""Review of machine readings in the base: what readers are shown, what waits, what is decided."""
