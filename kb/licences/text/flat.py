"""Lay a licence out flat: same length, plain quotes and spaces, so that places stay true."""

_PLAIN = {
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'",
    "\n": " ", "\r": " ", "\t": " ", "\x0b": " ", "\x0c": " ", "\u00a0": " ", "\u2009": " ",
    "\u200b": " ", "\ufeff": " ", "\u2028": " ", "\u2029": " ",
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "*": " ", "`": " ",
}  # fmt: skip
_TABLE = str.maketrans(_PLAIN)


def flatten(text: str) -> str:
    """Return `text` with each odd quote, dash, space and emphasis mark as a plain character.

    Every character is replaced by exactly one, so an offset in the result is one in `text`.
    """
    return text.translate(_TABLE)


def collapse(text: str) -> str:
    """Return `text` on one line, with single spaces."""
    return " ".join(flatten(text).split())
