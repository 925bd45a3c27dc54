"""Reading: text, tables and objects of any vendor → claims with their exact place."""

from kb.domain.reading.reader import read_text

__all__ = ["read_text"]
