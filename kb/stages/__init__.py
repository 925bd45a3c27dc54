"""The stages of the flow: one verb a file; none imports another."""
