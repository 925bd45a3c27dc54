"""Spell a parsed name out for readers: one spelling a model, whoever wrote it first."""

import re

from kb.models.names.lookups import Lookups, load_lookups
from kb.models.names.parts import NameParts

_VOWELS = frozenset("aeiouy")


def spell_name(parts: NameParts, lookups: Lookups | None = None) -> str:
    """Return the name as we write it: families as they spell themselves, words capitalised."""
    spellings = (lookups or load_lookups()).family_spellings
    return " ".join(_spell_token(token, spellings) for token in parts.tokens)


def _spell_token(token: str, spellings: dict[str, str]) -> str:
    if token in spellings:
        return spellings[token]
    if re.fullmatch(r"[ae]?\d+(\.\d+)?[bm]|\d+k|\d+e|v\d[\d.]*", token):
        return token.upper()
    if token.isalpha() and len(token) < 5 and not _VOWELS & set(token):
        return token.upper()  # an abbreviation: VL
    if re.fullmatch(r"\d+x\d+(\.\d+)?[bm]", token):
        return token.replace("b", "B").replace("m", "M")
    return token[:1].upper() + token[1:]
