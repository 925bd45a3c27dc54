"""Pages about models and who makes them."""
