"""Licences: a text → its terms, each with the clause's words and place."""

from kb.licences.bounds import LicenceRefusedError, check_size, parse_licence_bytes
from kb.licences.reader import VERSION, read_licence
from kb.licences.summary import make_summary
from kb.licences.terms import Doubt, Licence, Reference, Term

__all__ = [
    "VERSION",
    "Doubt",
    "Licence",
    "LicenceRefusedError",
    "Reference",
    "Term",
    "check_size",
    "make_summary",
    "parse_licence_bytes",
    "read_licence",
]
