"""Review of machine readings at the terminal: shown, decided by one key, or by a script."""
