"""The pure core: claim types, quantities, names, drafts, intervals and verdict rules."""
