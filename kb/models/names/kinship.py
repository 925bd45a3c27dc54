"""Tell from two names alone that one is a dated or experimental variant of the other."""

from dataclasses import replace

from kb.models.names.parts import NameParts


def make_plain_key(parts: NameParts) -> str | None:
    """Return the key of the model that a variant is one of; None for a name that is no variant.

    "Llama-4-Maverick-03-26-Experimental" is a variant of "Llama 4 Maverick".
    """
    plain = replace(parts, dates=(), stages=())
    return plain.key if plain != parts and plain.key else None
