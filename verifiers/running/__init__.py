"""Which plans there are, and how they are carried out."""
