"""The claim types by topic, each file found by itself: its `TYPES`, and its `UNITS`, if any."""
