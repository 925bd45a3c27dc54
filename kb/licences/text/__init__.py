"""The text of a licence: markup, numbering, clauses."""
