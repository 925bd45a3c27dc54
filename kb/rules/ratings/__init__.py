"""Rules about ratings: whose they are, and what the released weights are worth."""
