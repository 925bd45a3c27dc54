"""Model names: slugs for addresses, and keys under which spellings of one name meet."""

import re
import unicodedata

_QUANT_SUFFIX = re.compile(
    r"[-_.](?:i?q\d(?:_[0-9a-z]+)*|f16|f32|bf16|fp16|fp8|int[48])$", re.IGNORECASE
)


def make_slug(name: str) -> str:
    """Return `name` as lower-case words joined by hyphens.

    A name without Latin letters or digits gets a slug of its code points, so that names in any
    script have an address; one without any letter or digit raises ValueError.
    """
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_name.lower().replace(".", "-")).strip("-")
    if slug:
        return slug
    letters = [c for c in unicodedata.normalize("NFKC", name) if c.isalnum()]
    if not letters:
        raise ValueError(f"{name!r} has no letter or digit to make an address from")
    return "u" + "-".join(f"{ord(c):x}" for c in letters)


def make_model_id(vendor: str, name: str) -> str:
    """Return the id of a model, `vendor/name` in slugs; it is also its permanent address."""
    return f"{make_slug(vendor)}/{make_slug(name)}"


def make_name_key(name: str) -> str:
    """Return the key under which spellings meet: owner, case, punctuation don't count."""
    return "".join(c for c in name.rsplit("/", 1)[-1].lower() if c.isalnum())


def strip_file_suffixes(file_name: str) -> str:
    """Return the model name in the name of a weights file: 'a-1b.Q4_1.gguf' is 'a-1b'."""
    stem = re.sub(r"\.(?:gguf|safetensors)$", "", file_name, flags=re.IGNORECASE)
    return _QUANT_SUFFIX.sub("", stem)
