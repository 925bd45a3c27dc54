"""The source press."""
