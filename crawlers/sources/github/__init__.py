"""The source github."""
