"""Reading: text, tables and objects of any vendor → claims with their exact place."""

from kb.reading.reader import read_text

VERSION = 3  # a change of what is found is a new version: every document is then read again

__all__ = ["VERSION", "read_text"]
