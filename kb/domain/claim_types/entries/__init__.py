"""The claim types by topic: every module here has `TYPES`, and all are found by themselves."""
