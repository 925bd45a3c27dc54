"""Errors that a user can do something about; the command line prints their message alone."""


class UserError(Exception):
    """Something is missing or wrong; the message says what, where, and what to do."""
