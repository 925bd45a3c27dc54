"""Pages about claims: all of them, one, promises, and what readers propose."""
