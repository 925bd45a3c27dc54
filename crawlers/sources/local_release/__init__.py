"""The source local_release."""
