"""Refuse what cannot be read as a licence: too long, empty, binary, in another script."""

import re
import unicodedata

from kb.domain.errors import UserError

MOST_BYTES = 400_000  # the longest licence on the SPDX list is under 100,000
# The head tells the script; whole files need not be counted.
_SAMPLE = 20_000
# Fewer are a stub such as "see LICENSE.md"
_LEAST_LETTERS = 40
_LEAST_LATIN_SHARE = 0.8
_LEAST_ENGLISH_WORDS = 300  # a text in two languages is read in its English part
_WORD = re.compile(r"\b[A-Za-z]{2,}\b")


class LicenceRefusedError(UserError):
    """The text is none that the reader can read; the message says why."""


def check_size(size_bytes: int) -> None:
    """Raise LicenceRefusedError when a file is longer than any licence."""
    if size_bytes > MOST_BYTES:
        raise LicenceRefusedError(
            f"is {size_bytes:,} bytes long; a licence has at most {MOST_BYTES:,}. "
            "Give the licence's own text"
        )


def parse_licence_bytes(data: bytes) -> str:
    """Return the text of a licence file; raise LicenceRefusedError when it cannot be one."""
    check_size(len(data))
    text = data.decode("utf-8", "replace")
    check_text(text)
    return text


def check_text(text: str) -> None:
    """Raise LicenceRefusedError when `text` is empty, binary, too long, or not in Latin script."""
    check_size(len(text))
    sample = text[:_SAMPLE]
    if "\x00" in sample or sample.count("\ufffd") > len(sample) / 20:
        raise LicenceRefusedError("is not text; give the licence as UTF-8 text")
    letters = [letter for letter in sample if letter.isalpha()]
    if len(letters) < _LEAST_LETTERS:
        raise LicenceRefusedError("has no text to read; give a file that contains a licence")
    latin = sum(unicodedata.name(letter, "").startswith("LATIN") for letter in letters)
    is_bilingual = len(_WORD.findall(text)) >= _LEAST_ENGLISH_WORDS
    if latin < _LEAST_LATIN_SHARE * len(letters) and not is_bilingual:
        raise LicenceRefusedError(
            f"is written in another script ({_name_script(letters)}); the rules read English "
            "only, so it cannot be read. Give the English text if there is one"
        )


def _name_script(letters: list[str]) -> str:
    """The commonest script among letters that are not Latin, and which way it runs."""
    other = [letter for letter in letters if not unicodedata.name(letter, "").startswith("LATIN")]
    names = [unicodedata.name(letter, "unknown").split()[0].capitalize() for letter in other]
    name = max(sorted(set(names)), key=names.count)
    leftward = any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in other)
    return f"{name}, right to left" if leftward else name
