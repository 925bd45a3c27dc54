"""Rules about what a licence is and says."""
