"""Claims as rules and readers need them, made from rows."""
